package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.auth.AnnotatedChannelAuthorizationManager;
import com.lattestream.spring.internal.auth.AuthorizationUrlPath;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import com.lattestream.spring.internal.auth.servlet.AuthenticationCheck;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import com.lattestream.spring.internal.auth.servlet.RequestCompletion;
import com.lattestream.spring.internal.auth.servlet.ServletAuthorizerMethodSupport;
import com.lattestream.spring.internal.auth.servlet.SpringSecurityAuthenticationCheck;
import com.lattestream.spring.internal.client.ClientBeans;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Auto-configuration of the endpoint that authorizes subscriptions, on Spring MVC. */
@AutoConfiguration(
        // of filters with equal orders, those of earlier configurations come first
        beforeName = "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
        after = LatteStreamAutoConfiguration.class,
        afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({LatteStreamClient.class, RequestMappingHandlerMapping.class, DispatcherServletPath.class})
@ConditionalOnBean({LatteStreamClient.class, RequestMappingHandlerMapping.class})
@ConditionalOnBooleanProperty(name = "lattestream.auth.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamAuthProperties.class)
@Import(ChannelAuthorizationConfiguration.class)
@ImportRuntimeHints(ChannelAuthorizationHints.class)
public final class LatteStreamAuthAutoConfiguration {

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.web.access.intercept.RequestAuthorizationContext",
            LatteStreamAuthAutoConfiguration.class.getClassLoader());

    private final LatteStreamAuthProperties properties;

    private final HandlerPath path;

    LatteStreamAuthAutoConfiguration(LatteStreamAuthProperties properties) {
        this.properties = properties;
        this.path = HandlerPath.of("lattestream.auth.path", properties.path());
    }

    // uses the application's own converters and formatters, as controllers do
    @Bean
    @ConditionalOnMissingBean(ChannelAuthorizationManager.class)
    AnnotatedChannelAuthorizationManager latteStreamChannelAuthorizationManager(
            ConfigurableListableBeanFactory beanFactory,
            @Qualifier("mvcConversionService") ConversionService conversion) {
        return new AnnotatedChannelAuthorizationManager(
                beanFactory,
                conversion,
                new ServletAuthorizerMethodSupport(),
                properties.unmatched() == LatteStreamAuthProperties.Unmatched.AUTHENTICATED);
    }

    @Bean
    ChannelAuthorizationEndpoint latteStreamChannelAuthorizationEndpoint(
            SubscriptionAuthorizer authorizer, ListableBeanFactory beanFactory) {
        return new ChannelAuthorizationEndpoint(
                SECURITY_PRESENT
                        ? new SpringSecurityAuthenticationCheck(beanFactory)
                        : AuthenticationCheck.ANY_PRINCIPAL,
                authorizer);
    }

    @Bean
    FilterRegistrationBean<Filter> latteStreamChannelAuthorizationRequestFilter(
            ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(RequestCompletion.outermostFilter());
        filter.setName("latteStreamChannelAuthorizationRequestFilter");
        filter.addUrlPatterns(relativePath(dispatcherServlet));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    AuthorizationUrlPath latteStreamAuthorizationUrlPath(
            WebApplicationContext context, ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        ServletContext servletContext = context.getServletContext();
        String contextPath = servletContext == null ? "" : servletContext.getContextPath();
        return new AuthorizationUrlPath(contextPath + relativePath(dispatcherServlet));
    }

    private String relativePath(ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        return dispatcherServlet.getIfAvailable(() -> () -> "/").getRelativePath(path.path());
    }

    @Bean
    ChannelAuthorizationEndpointRegistrar latteStreamChannelAuthorizationEndpointRegistrar(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ChannelAuthorizationEndpoint endpoint,
            ChannelAuthorizationManager manager,
            ConfigurableListableBeanFactory beanFactory) {
        return new ChannelAuthorizationEndpointRegistrar(
                mapping,
                endpoint,
                path,
                () -> ChannelAuthorizationConfiguration.requireClient(manager, new ClientBeans(beanFactory)));
    }
}
