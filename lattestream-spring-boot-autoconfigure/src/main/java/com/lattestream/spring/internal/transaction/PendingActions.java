package com.lattestream.spring.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The actions that wait for the end of one transaction. It is a resource of the transaction rather than one
 * synchronization per action, because each synchronization would have to store all savepoints. Used by the thread of
 * the transaction only.
 */
final class PendingActions implements TransactionSynchronization {

    private static final Logger logger = LoggerFactory.getLogger(PendingActions.class);

    private final Object key;

    private final List<Action> actions = new ArrayList<>();

    private final List<SavepointPosition> savepoints = new ArrayList<>();

    PendingActions(Object key) {
        this.key = key;
    }

    void add(Runnable committed, Runnable rolledBack) {
        actions.add(new Action(committed, rolledBack));
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.add(new SavepointPosition(savepoint, actions.size()));
    }

    // an unknown savepoint was created before the first action, so all actions are later
    @Override
    public void savepointRollback(Object savepoint) {
        int kept = 0;
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).savepoint().equals(savepoint)) {
                kept = savepoints.get(i).actions();
                // the savepoint itself remains valid, later ones do not
                savepoints.subList(i + 1, savepoints.size()).clear();
                break;
            }
        }
        List<Action> discarded = actions.subList(kept, actions.size());
        List<Action> rolledBack = List.copyOf(discarded);
        discarded.clear();
        rolledBack.forEach(action -> run(action.rolledBack()));
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResourceIfPossible(key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(key, this);
    }

    // JTA may complete the transaction on another thread, to which no resource is bound
    @Override
    public void beforeCompletion() {
        unbind();
    }

    // rather than afterCommit, whose exceptions reach the code that commits
    @Override
    public void afterCompletion(int status) {
        unbind();
        actions.forEach(action -> run(status == STATUS_COMMITTED ? action.committed() : action.rolledBack()));
    }

    // the resource may be that of another transaction, or have been bound after beforeCompletion
    private void unbind() {
        if (TransactionSynchronizationManager.getResource(key) == this) {
            TransactionSynchronizationManager.unbindResource(key);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error ex) {
            logger.error("An action at the end of a transaction failed; the remaining actions still run", ex);
        }
    }

    private record Action(Runnable committed, Runnable rolledBack) {}

    private record SavepointPosition(Object savepoint, int actions) {}
}
