package com.lattestream.spring.boot.autoconfigure;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Replaces the exception if a {@code lattestream.*} property cannot be bound. The messages of Boot's exceptions and of
 * converters contain the value, and Boot's failure analyses print it, even if it is a secret. Other properties are not
 * affected.
 */
final class LatteStreamBindHandlerAdvisor implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("lattestream");

    @Override
    public BindHandler apply(BindHandler handler) {
        return new HidingBindHandler(handler);
    }

    private static final class HidingBindHandler extends AbstractBindHandler {

        private HidingBindHandler(BindHandler parent) {
            super(parent);
        }

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
                throws Exception {
            try {
                return super.onFailure(name, target, context, error);
            } catch (Exception ex) {
                throw PREFIX.equals(name) || PREFIX.isAncestorOf(name) ? hidden(name, target, ex) : ex;
            }
        }

        private static Exception hidden(ConfigurationPropertyName name, Bindable<?> target, Exception error) {
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                if (cause instanceof InvalidLatteStreamPropertyException) {
                    // of a nested property
                    return error;
                }
                if (cause instanceof UnboundConfigurationPropertiesException unbound) {
                    return gap(name, unbound.getUnboundProperties());
                }
            }
            return new InvalidLatteStreamPropertyException(name.toString(), reason(target), null);
        }

        private static Exception gap(ConfigurationPropertyName list, Set<ConfigurationProperty> unbound) {
            return new InvalidLatteStreamPropertyException(
                    unbound.stream()
                            .map(property -> property.getName().toString())
                            .findFirst()
                            .orElseGet(list::toString),
                    "The elements of '" + list + "' must be numbered from 0 without gaps, and an element before this "
                            + "one is missing in the same source",
                    null);
        }

        private static String reason(Bindable<?> target) {
            Class<?> type = target.getType().toClass();
            Object[] constants = type.getEnumConstants();
            return constants == null
                    ? "The value cannot be converted to " + target.getType()
                    : "The value must be one of "
                            + Stream.of(constants)
                                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
