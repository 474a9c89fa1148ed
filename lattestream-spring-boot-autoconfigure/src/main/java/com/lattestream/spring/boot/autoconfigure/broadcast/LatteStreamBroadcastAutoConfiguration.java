package com.lattestream.spring.boot.autoconfigure.broadcast;

import com.lattestream.core.LatteStreamOperations;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.AnnotatedClassScanner;
import com.lattestream.spring.internal.broadcast.BroadcastClients;
import com.lattestream.spring.internal.broadcast.BroadcastDefinitionRegistry;
import com.lattestream.spring.internal.broadcast.BroadcastEventListener;
import com.lattestream.spring.internal.broadcast.BroadcastMethodPostProcessor;
import com.lattestream.spring.internal.broadcast.BroadcastOutlet;
import com.lattestream.spring.internal.broadcast.BroadcastSender;
import com.lattestream.spring.internal.broadcast.BroadcastValidator;
import com.lattestream.spring.internal.broadcast.Broadcaster;
import com.lattestream.spring.internal.socket.RequestSocketResolver;
import com.lattestream.spring.internal.socket.ServletRequestSocketResolver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of broadcasts: application events and return values that are triggered on channels. */
@AutoConfiguration(
        after = LatteStreamAutoConfiguration.class,
        afterName = "org.springframework.modulith.events.config.EventPublicationAutoConfiguration")
@ConditionalOnClass(LatteStreamOperations.class)
@Conditional(OnClientOrOperationsCondition.class)
@ConditionalOnBooleanProperty(name = "lattestream.broadcast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamBroadcastProperties.class)
@Import({
    BroadcastOutletConfigurations.Registry.class,
    BroadcastOutletConfigurations.Memory.class,
    BroadcastWebFluxConfiguration.class
})
public final class LatteStreamBroadcastAutoConfiguration {

    LatteStreamBroadcastAutoConfiguration() {}

    @Bean
    BroadcastDefinitionRegistry latteStreamBroadcastDefinitionRegistry() {
        return new BroadcastDefinitionRegistry();
    }

    @Bean
    BroadcastClients latteStreamBroadcastClients(ConfigurableListableBeanFactory beanFactory) {
        return new BroadcastClients(beanFactory);
    }

    @Bean
    BroadcastSender latteStreamBroadcastSender(BroadcastClients clients) {
        return new BroadcastSender(clients);
    }

    @Bean
    Broadcaster latteStreamBroadcaster(
            BroadcastClients clients,
            BroadcastOutlet outlet,
            BroadcastSender sender,
            ObjectProvider<RequestSocketResolver> requests) {
        ClassLoader classLoader = LatteStreamBroadcastAutoConfiguration.class.getClassLoader();
        boolean servlet = ClassUtils.isPresent("jakarta.servlet.http.HttpServletRequest", classLoader)
                && ClassUtils.isPresent(
                        "org.springframework.web.context.request.ServletRequestAttributes", classLoader);
        return new Broadcaster(
                clients,
                outlet,
                sender,
                requests.getIfAvailable(() -> servlet ? new ServletRequestSocketResolver() : () -> null));
    }

    @Bean
    BroadcastEventListener latteStreamBroadcastEventListener(
            BroadcastDefinitionRegistry definitions, Broadcaster broadcaster, ApplicationContext context) {
        return new BroadcastEventListener(definitions, broadcaster, context);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BroadcastMethodPostProcessor latteStreamBroadcastMethodPostProcessor(
            ObjectProvider<Broadcaster> broadcaster, Environment environment) {
        return new BroadcastMethodPostProcessor(
                broadcaster::getObject, environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
    }

    @Bean
    BroadcastValidator latteStreamBroadcastValidator(
            ConfigurableApplicationContext context,
            BroadcastClients clients,
            BroadcastDefinitionRegistry definitions,
            ObjectProvider<JsonMapper> jsonMapper) {
        return new BroadcastValidator(
                context,
                clients,
                definitions,
                AnnotatedClassScanner.packages(context.getBeanFactory()),
                () -> jsonMapper.getIfUnique(() -> JsonMapper.builder().build()));
    }
}
