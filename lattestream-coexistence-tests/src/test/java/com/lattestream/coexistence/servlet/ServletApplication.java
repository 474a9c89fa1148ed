package com.lattestream.coexistence.servlet;

import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Prints the properties that the starter must not change, one {@code key=value} a line. */
@SpringBootApplication
@EnableCaching
public class ServletApplication {

    public static void main(String[] args) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(ServletApplication.class, args)) {
            TreeMap<String, String> facts = new TreeMap<>();
            for (String name : context.getBeanFactory().getBeanNamesForType(Object.class, false, false)) {
                Object bean = context.getBeanFactory().getSingleton(name);
                if (bean != null) {
                    facts.put(
                            "bean " + name, stable(AopUtils.getTargetClass(bean).getName()));
                }
            }
            facts.put(
                    "request factory of RestClient",
                    typeOfField(context.getBean(RestClient.Builder.class).build(), "clientRequestFactory"));
            facts.put(
                    "request factory of RestTemplate",
                    context.getBean(RestTemplateBuilder.class)
                            .build()
                            .getRequestFactory()
                            .getClass()
                            .getName());
            facts.put(
                    "connector of WebClient",
                    typeOfField(
                            field(context.getBean(WebClient.Builder.class).build(), "exchangeFunction"), "connector"));
            facts.put(
                    "cache manager",
                    context.getBean(CacheManager.class).getClass().getName());
            int converter = 0;
            for (HttpMessageConverter<?> each :
                    context.getBean(RequestMappingHandlerAdapter.class).getMessageConverters()) {
                if (!each.getClass().getName().startsWith("com.lattestream.spring.")) {
                    facts.put(
                            "message converter " + converter++, each.getClass().getName());
                }
            }
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();
            for (String path : List.of("/auth", "/actuator/info")) {
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                facts.put("GET " + path, response.statusCode() + " " + response.body());
            }
            facts.forEach((key, value) -> System.out.println("fact: " + key + "=" + value));
        }
    }

    private static String stable(String className) {
        return className.replaceAll("\\$\\$Lambda.*", "(lambda)").replaceAll("\\$Proxy\\d+", "(proxy)");
    }

    private static String typeOfField(Object object, String name) {
        return stable(field(object, name).getClass().getName());
    }

    private static Object field(Object object, String name) {
        Field field = Objects.requireNonNull(
                ReflectionUtils.findField(object.getClass(), name), () -> object.getClass() + " has no field " + name);
        ReflectionUtils.makeAccessible(field);
        return Objects.requireNonNull(ReflectionUtils.getField(field, object));
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean("/auth")
    HttpRequestHandler page() {
        return (request, response) -> {
            if (!request.getMethod().equals("GET")) {
                throw new IllegalStateException("This is the page of the application");
            }
            response.getWriter().write("the application's page");
        };
    }
}
