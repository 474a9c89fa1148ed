package com.lattestream.spring.internal.auth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Registry of the authorizers of an application. Thread-safe.
 *
 * <p>Beans whose class is known are inspected at startup. All others are created and inspected before the first
 * decision, because one of them may have an authorizer that is stricter than those already known. As long as one of
 * them cannot be inspected, no authorizer is used.
 */
final class ChannelAuthorizerRegistry {

    private static final Logger logger = LoggerFactory.getLogger(ChannelAuthorizerRegistry.class);

    // creating a bean may be slow, and may fail for a transient reason
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LOCK_SECONDS = 10;

    private final ConfigurableListableBeanFactory beans;

    private final ChannelAuthorizerMethodFactory methodFactory;

    private final LongSupplier nanoTime;

    private final ReentrantLock lock = new ReentrantLock();

    private final Set<String> reported = new HashSet<>();

    // guarded by the lock
    private @Nullable Map<CandidateBean, List<ChannelAuthorizerMethod>> inspected;

    private final List<CandidateBean> pending = new ArrayList<>();

    private @Nullable RuntimeException failure;

    private long failedAt;

    // the most specific first; null until all beans are inspected
    private volatile @Nullable List<ChannelAuthorizerMethod> complete;

    ChannelAuthorizerRegistry(
            ConfigurableListableBeanFactory beans,
            ChannelAuthorizerMethodFactory methodFactory,
            LongSupplier nanoTime) {
        this.beans = beans;
        this.methodFactory = methodFactory;
        this.nanoTime = nanoTime;
    }

    /**
     * Inspects the beans whose class is known.
     * @throws InvalidChannelAuthorizerException if an authorizer cannot be used
     */
    void inspectKnownBeans() {
        lock.lock();
        try {
            inspectKnown();
        } catch (UninspectableBeanException ex) {
            report(ex);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the patterns found so far, the most specific first. */
    List<String> patterns() {
        lock.lock();
        try {
            return sorted().stream().map(method -> method.pattern().toString()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the names of the beans that are created and inspected before the first decision. */
    List<String> pendingBeans() {
        lock.lock();
        try {
            return pending.stream().map(CandidateBean::name).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns all authorizers, the most specific first. Creates and inspects the beans whose class is not known yet.
     * @throws RuntimeException if a bean that may have authorizers cannot be inspected
     */
    List<ChannelAuthorizerMethod> authorizers() {
        List<ChannelAuthorizerMethod> known = complete;
        return known != null ? known : complete();
    }

    private List<ChannelAuthorizerMethod> complete() {
        if (!acquireLock()) {
            throw new IllegalStateException("Beans are still being inspected for channel authorizers");
        }
        try {
            List<ChannelAuthorizerMethod> known = complete;
            if (known != null) {
                return known;
            }
            RuntimeException last = failure;
            if (last != null && nanoTime.getAsLong() - failedAt < RETRY_NANOS) {
                throw last;
            }
            inspectPending();
            return sorted();
        } catch (UninspectableBeanException | InvalidChannelAuthorizerException ex) {
            failure = ex;
            failedAt = nanoTime.getAsLong();
            report(ex);
            throw ex;
        } finally {
            lock.unlock();
        }
    }

    private boolean acquireLock() {
        try {
            return lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<CandidateBean, List<ChannelAuthorizerMethod>> inspectKnown() {
        Map<CandidateBean, List<ChannelAuthorizerMethod>> found = inspected;
        if (found != null) {
            return found;
        }
        found = new LinkedHashMap<>();
        pending.clear();
        for (CandidateBean bean : CandidateBean.findAll(beans)) {
            inspect(bean, found);
        }
        requireUnambiguous(found);
        inspected = found;
        if (pending.isEmpty()) {
            complete = sorted();
        }
        return found;
    }

    private void inspect(CandidateBean bean, Map<CandidateBean, List<ChannelAuthorizerMethod>> found) {
        try {
            CandidateBean.BeanClass beanClass = bean.beanClass();
            found.put(bean, methodFactory.create(bean, beanClass.types()));
            if (!beanClass.exact()) {
                pending.add(bean);
            } else if (bean.isCreated()) {
                requireInvocable(found.getOrDefault(bean, List.of()), bean.get());
            }
        } catch (UninspectableBeanException ex) {
            pending.add(bean);
            report(ex);
        } catch (BeansException | LinkageError ex) {
            // for example, a bean class that cannot be loaded: the reason is reported when the bean is created
            pending.add(bean);
        }
    }

    private void inspectPending() {
        Map<CandidateBean, List<ChannelAuthorizerMethod>> found = inspectKnown();
        // each bean only once, even if a later one fails, because creating a bean may have side effects
        for (Iterator<CandidateBean> beans = pending.iterator(); beans.hasNext(); beans.remove()) {
            CandidateBean bean = beans.next();
            found.put(bean, inspectPending(bean));
        }
        requireUnambiguous(found);
        complete = sorted();
        if (failure != null) {
            failure = null;
            logger.info("All beans have been inspected for @ChannelAuthorizer methods: channels are authorized again");
        }
    }

    private List<ChannelAuthorizerMethod> inspectPending(CandidateBean bean) {
        try {
            Object instance;
            try {
                instance = bean.get();
            } catch (BeansException ex) {
                Class<?> declared = bean.declaredClassOfUncreatable(ex);
                if (declared == null) {
                    throw ex;
                }
                return methodFactory.create(bean, List.of(declared));
            }
            List<ChannelAuthorizerMethod> authorizers = methodFactory.create(bean, bean.typesOf(instance));
            requireInvocable(authorizers, instance);
            bean.discard(instance);
            return authorizers;
        } catch (UninspectableBeanException | InvalidChannelAuthorizerException ex) {
            throw ex;
        } catch (RuntimeException | LinkageError ex) {
            throw new UninspectableBeanException(
                    bean.name(), "it cannot be created: " + NestedExceptionUtils.getMostSpecificCause(ex), ex);
        }
    }

    private static void requireInvocable(List<ChannelAuthorizerMethod> authorizers, Object instance) {
        authorizers.forEach(authorizer -> authorizer.requireInvocable(instance));
    }

    private static void requireUnambiguous(Map<CandidateBean, List<ChannelAuthorizerMethod>> found) {
        ChannelAuthorizerMethodFactory.requireUnambiguous(
                found.values().stream().flatMap(List::stream).toList());
    }

    private List<ChannelAuthorizerMethod> sorted() {
        Map<CandidateBean, List<ChannelAuthorizerMethod>> found = inspected;
        return found == null
                ? List.of()
                : found.values().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingInt((ChannelAuthorizerMethod method) ->
                                        method.pattern().specificity())
                                .reversed())
                        .toList();
    }

    private void report(RuntimeException failure) {
        boolean uninspectable = failure instanceof UninspectableBeanException;
        String subject = failure instanceof UninspectableBeanException ex
                ? "Bean '" + ex.beanName() + "' cannot be inspected for @ChannelAuthorizer methods"
                : "A @ChannelAuthorizer method cannot be used";
        if (reported.add(uninspectable ? subject : String.valueOf(failure.getMessage()))) {
            logger.warn(
                    "{}: {}. All subscriptions to private and presence channels are refused, because an authorizer may be"
                            + " missing. Correct the cause, or declare a final class as the return type of the bean's"
                            + " @Bean method. Inspection is tried again every {} s",
                    subject,
                    failure.getMessage(),
                    TimeUnit.NANOSECONDS.toSeconds(RETRY_NANOS));
        }
    }
}
