package com.lattestream.spring.boot.autoconfigure.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.StubService;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * However Spring holds the bean of an authorizer, it decides: all ways of holding a bean × an authorizer that refuses,
 * alone or beside a lenient one × both modes. The type that Spring knows before the bean exists is an interface without
 * annotations.
 */
class AuthorizerBeanMatrixTests {

    private static final String CHANNEL = "private-doc-7-draft";

    static Stream<Arguments> matrix() {
        List<Arguments> matrix = new ArrayList<>();
        for (Holding holding : Holding.values()) {
            for (Authorizers authorizers : Authorizers.values()) {
                for (String mode : List.of("local", "remote")) {
                    matrix.add(Arguments.of(holding, authorizers, mode));
                }
            }
        }
        return matrix.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("matrix")
    void theStrictAuthorizerDecides(Holding holding, Authorizers authorizers, String mode) throws Exception {
        try (StubService service = StubService.start().respondingWith(AuthorizerBeanMatrixTests::sign);
                AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext()) {
            if (holding == Holding.PARENT_CONTEXT) {
                parent.register(Singleton.class);
            }
            parent.refresh();
            WebApplicationContextRunner runner = new WebApplicationContextRunner()
                    .withParent(parent)
                    .withConfiguration(AutoConfigurations.of(
                            DispatcherServletAutoConfiguration.class,
                            WebMvcAutoConfiguration.class,
                            LatteStreamAutoConfiguration.class,
                            LatteStreamAuthAutoConfiguration.class))
                    .withPropertyValues(
                            "lattestream.secret=lsk_test_secret",
                            "lattestream.endpoint=" + service.endpoint(),
                            "lattestream.use-tls=false",
                            "lattestream.auth.unmatched=authenticated",
                            "lattestream.auth.mode=" + mode);
            if (holding.configuration != null) {
                runner = runner.withUserConfiguration(holding.configuration);
            }
            if (holding == Holding.LAZY_APPLICATION) {
                runner = runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
            }
            if (authorizers == Authorizers.STRICT_BESIDE_LENIENT) {
                runner = runner.withBean(Lenient.class);
            }
            runner.run(context -> {
                assertThat(context).hasNotFailed();
                DispatcherServlet servlet = context.getBean(DispatcherServlet.class);
                // the first decision of all, and then one that finds all beans inspected
                assertThat(authorize(servlet, "bob")).isEqualTo(403);
                assertThat(authorize(servlet, "bob")).isEqualTo(403);
                assertThat(authorize(servlet, "alice")).isEqualTo(200);
            });
        }
    }

    private static void sign(HttpExchange exchange) throws IOException {
        byte[] body = "{\"auth\":\"lspc_of_the_service\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static int authorize(DispatcherServlet servlet, String user) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/auth");
        Principal principal = () -> user;
        request.setUserPrincipal(principal);
        request.setContentType("application/json");
        request.setContent(("{\"socket_id\":\"1.1\",\"channel_name\":\"" + CHANNEL + "\"}").getBytes(UTF_8));
        MockHttpServletResponse response = new MockHttpServletResponse();
        if (servlet.getServletConfig() == null) {
            servlet.init(new MockServletConfig());
        }
        servlet.service(request, response);
        return response.getStatus();
    }

    enum Authorizers {
        STRICT,
        STRICT_BESIDE_LENIENT
    }

    enum Holding {
        SINGLETON(Singleton.class),
        LAZY(LazyBean.class),
        PROTOTYPE(Prototype.class),
        REQUEST_SCOPE(RequestScoped.class),
        FACTORY_BEAN(Product.class),
        PARENT_CONTEXT(null),
        LAZY_APPLICATION(Singleton.class),
        JDK_PROXY(JdkProxy.class),
        CGLIB_PROXY(CglibProxy.class),
        SUPPLIER(Supplied.class),
        SUBCLASS(Subclass.class);

        private final Class<?> configuration;

        Holding(Class<?> configuration) {
            this.configuration = configuration;
        }
    }

    interface Gate {

        boolean mayEdit(Principal user, long id);
    }

    static class StrictGate implements Gate {

        @Override
        @ChannelAuthorizer("private-doc-{id}-draft")
        public boolean mayEdit(Principal user, long id) {
            return user.getName().equals("alice");
        }
    }

    static class GateWithoutAuthorizers implements Gate {

        @Override
        public boolean mayEdit(Principal user, long id) {
            return true;
        }
    }

    static class StrictSubclass extends GateWithoutAuthorizers {

        @Override
        @ChannelAuthorizer("private-doc-{id}-draft")
        public boolean mayEdit(Principal user, long id) {
            return user.getName().equals("alice");
        }
    }

    static class Lenient {

        @ChannelAuthorizer("private-doc-{id}")
        boolean mayRead(String id) {
            return true;
        }
    }

    private static Object proxy(boolean ofClass) {
        ProxyFactory factory = new ProxyFactory(new StrictGate());
        factory.setProxyTargetClass(ofClass);
        factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
        return factory.getProxy();
    }

    @Configuration(proxyBeanMethods = false)
    static class Singleton {

        @Bean
        Gate gate() {
            return new StrictGate();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyBean {

        @Bean
        @Lazy
        Gate gate() {
            return new StrictGate();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototype {

        @Bean
        @Scope("prototype")
        Gate gate() {
            return new StrictGate();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class RequestScoped {

        @Bean
        @Scope(value = "request", proxyMode = ScopedProxyMode.INTERFACES)
        Gate gate() {
            return new StrictGate();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Product {

        @Bean
        @Lazy
        FactoryBean<Gate> gate() {
            return new FactoryBean<>() {

                @Override
                public Gate getObject() {
                    return new StrictGate();
                }

                @Override
                public Class<?> getObjectType() {
                    return Gate.class;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdkProxy {

        @Bean
        Gate gate() {
            return (Gate) proxy(false);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CglibProxy {

        @Bean
        @Lazy
        Object gate() {
            return proxy(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Subclass {

        @Bean
        @Lazy
        GateWithoutAuthorizers gate() {
            return new StrictSubclass();
        }
    }

    static class Supplied implements BeanDefinitionRegistryPostProcessor {

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            RootBeanDefinition definition = new RootBeanDefinition(Gate.class, StrictGate::new);
            definition.setLazyInit(true);
            registry.registerBeanDefinition("gate", definition);
        }
    }
}
