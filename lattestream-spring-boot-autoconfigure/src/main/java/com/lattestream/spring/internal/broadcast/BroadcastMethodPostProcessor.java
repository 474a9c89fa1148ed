package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import java.util.function.Supplier;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;

/**
 * Has the beans proxied that have marked methods. Theirs is the outermost advice: where the method has a transaction of
 * its own, it has been committed before anything is broadcast.
 */
@SuppressWarnings("serial") // as a configuration of proxies in Spring, which nobody writes anywhere
public final class BroadcastMethodPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    /**
     * Creates a post-processor.
     * @param broadcaster is asked for when there is something to broadcast, and not before
     * @param proxyTargetClass whether to extend classes rather than implement their interfaces
     */
    public BroadcastMethodPostProcessor(Supplier<Broadcaster> broadcaster, boolean proxyTargetClass) {
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        this.advisor = new DefaultPointcutAdvisor(
                new AnnotationMatchingPointcut(null, Broadcast.class, true),
                new BroadcastMethodInterceptor(broadcaster));
    }
}
