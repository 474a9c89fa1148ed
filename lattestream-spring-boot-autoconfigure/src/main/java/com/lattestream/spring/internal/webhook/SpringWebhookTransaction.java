package com.lattestream.spring.internal.webhook;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Uses the application's only or primary transaction manager, which is looked up for each webhook, so that a lazy one
 * is created with the first webhook and one that could not be created is requested again. Thread-safe.
 */
public final class SpringWebhookTransaction implements WebhookTransaction {

    private static final Logger logger = LoggerFactory.getLogger(SpringWebhookTransaction.class);

    private final ObjectProvider<PlatformTransactionManager> managers;

    private final AtomicBoolean ambiguityLogged = new AtomicBoolean();

    /**
     * Creates a transaction.
     * @param managers the transaction managers of the application
     */
    public SpringWebhookTransaction(ObjectProvider<PlatformTransactionManager> managers) {
        this.managers = managers;
    }

    @Override
    public void execute(Runnable dispatch) {
        PlatformTransactionManager manager = managers.getIfUnique();
        if (manager == null) {
            if (managers.stream().findAny().isPresent() && !ambiguityLogged.getAndSet(true)) {
                logger.warn(
                        "There are several transaction managers, and none of them is primary: webhook events are published"
                                + " without a transaction, so that @TransactionalEventListener methods do not receive them."
                                + " Mark one transaction manager as @Primary");
            }
            dispatch.run();
            return;
        }
        TransactionTemplate transaction = new TransactionTemplate(manager);
        transaction.setName("lattestream.webhook");
        transaction.executeWithoutResult(status -> dispatch.run());
    }
}
