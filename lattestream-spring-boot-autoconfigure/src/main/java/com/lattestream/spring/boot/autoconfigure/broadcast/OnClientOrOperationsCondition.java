package com.lattestream.spring.boot.autoconfigure.broadcast;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamOperations;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/** Matches if there is a bean that can trigger events. The bean to use is determined at run time. */
final class OnClientOrOperationsCondition extends AnyNestedCondition {

    OnClientOrOperationsCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(LatteStreamClient.class)
    static class OnClient {}

    @ConditionalOnBean(LatteStreamOperations.class)
    static class OnOperations {}
}
