package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.AnnotatedClassScanner;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/** Registers hints for broadcast types in a native image: their properties are read for templates and for JSON. */
final class BroadcastHints implements BeanFactoryInitializationAotProcessor {

    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory beanFactory) {
        // broadcasts are disabled
        if (beanFactory.getBeanNamesForType(BroadcastValidator.class, false, false).length == 0) {
            return null;
        }
        Set<ResolvableType> types = new LinkedHashSet<>();
        BroadcastDefinitionRegistry definitions = new BroadcastDefinitionRegistry();
        for (Class<?> type : AnnotatedClassScanner.find(
                Broadcast.class,
                AnnotatedClassScanner.packages(beanFactory),
                beanFactory.getBeanProvider(Environment.class).getIfAvailable(StandardEnvironment::new),
                new DefaultResourceLoader(beanFactory.getBeanClassLoader()))) {
            types.add(ResolvableType.forClass(type));
            definitions.find(type).flatMap(BroadcastDefinition::payloadType).ifPresent(types::add);
        }
        for (BroadcastMethod method : BroadcastMethodScanner.find(beanFactory)) {
            types.add(method.type());
            method.definition().payloadType().ifPresent(types::add);
        }
        return types.isEmpty() ? null : new Contribution(types);
    }

    private final class Contribution implements BeanFactoryInitializationAotContribution {

        private final Set<ResolvableType> types;

        private Contribution(Set<ResolvableType> types) {
            this.types = types;
        }

        @Override
        public void applyTo(GenerationContext context, BeanFactoryInitializationCode code) {
            ReflectionHints hints = context.getRuntimeHints().reflection();
            hints.registerType(Broadcast.class);
            for (ResolvableType type : types) {
                bindings.registerReflectionHints(hints, type.getType());
                // a template may name a method that is not a getter, and an expression may call any method
                Class<?> raw = type.resolve(Object.class);
                if (!raw.isPrimitive() && !raw.getName().startsWith("java.")) {
                    hints.registerType(
                            raw, MemberCategory.INVOKE_PUBLIC_METHODS, MemberCategory.INVOKE_DECLARED_METHODS);
                }
            }
        }
    }
}
