package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.CandidateClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.util.ClassUtils;

/**
 * Creates proxies for beans with annotated methods. The advice is the outermost one, so that a transaction of the
 * method has been committed before the broadcast. Startup fails for a bean whose proxy would not intercept all calls.
 */
@SuppressWarnings("serial") // a proxy configuration as in Spring's own post-processors, which is never serialized
public final class BroadcastMethodPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private final DefaultPointcutAdvisor withinTransaction = new DefaultPointcutAdvisor(
            new AnnotationMatchingPointcut(null, Broadcast.class, true), InvocationTransaction.innermostAdvice());

    /**
     * Creates a post-processor.
     * @param broadcaster supplies the broadcaster; called with the first broadcast
     * @param proxyTargetClass whether to create subclasses instead of proxies of interfaces
     */
    public BroadcastMethodPostProcessor(Supplier<Broadcaster> broadcaster, boolean proxyTargetClass) {
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        this.advisor = new DefaultPointcutAdvisor(
                new AnnotationMatchingPointcut(null, Broadcast.class, true),
                new BroadcastMethodInterceptor(broadcaster));
    }

    // the pointcut would search each method of each bean, most of which are Spring's own
    @Override
    protected boolean isEligible(Class<?> targetClass) {
        return CandidateClasses.mayHaveAnnotation(targetClass, Broadcast.class) && super.isEligible(targetClass);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Object processed = super.postProcessAfterInitialization(bean, beanName);
        if (processed instanceof Advised advised
                && !advised.isFrozen()
                && advisor != null
                && advised.indexOf(advisor) >= 0
                && advised.indexOf(withinTransaction) < 0) {
            advised.addAdvisor(withinTransaction);
        }
        if (processed instanceof Advised advised
                && Proxy.isProxyClass(processed.getClass())
                && advisor != null
                && advised.indexOf(advisor) >= 0) {
            Class<?> target = AopUtils.getTargetClass(processed);
            for (Method method : BroadcastMethodScanner.annotatedMethods(target)) {
                if (!BroadcastMethodScanner.isDeclaredByInterface(method, processed.getClass())) {
                    throw new InvalidBroadcastException(
                            BroadcastMethod.location(method, target),
                            "bean '" + beanName
                                    + "' is a proxy of its interfaces, none of which declares the method, so that"
                                    + " calls of it cannot be intercepted. Declare it in an interface, or set"
                                    + " spring.aop.proxy-target-class=true");
                }
            }
        }
        return processed;
    }

    // throws an exception that states why the bean is proxied, before Spring fails without that information
    @Override
    protected void customizeProxyFactory(ProxyFactory proxyFactory) {
        Class<?> target = proxyFactory.getTargetClass();
        if (target != null
                && proxyFactory.isProxyTargetClass()
                && Modifier.isFinal(target.getModifiers())
                && !Proxy.isProxyClass(target)
                && !ClassUtils.isLambdaClass(target)) {
            BroadcastMethodScanner.annotatedMethods(target).stream().findFirst().ifPresent(method -> {
                throw BroadcastMethodScanner.finalClass(method, target);
            });
        }
    }
}
