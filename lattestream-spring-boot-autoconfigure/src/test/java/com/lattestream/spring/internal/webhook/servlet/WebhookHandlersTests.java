package com.lattestream.spring.internal.webhook.servlet;

import static com.lattestream.spring.internal.webhook.WebhookFixture.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookFixture;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.PriorityOrdered;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.UrlPathHelper;

@ExtendWith(OutputCaptureExtension.class)
class WebhookHandlersTests {

    private final GenericWebApplicationContext context = new GenericWebApplicationContext();

    private final HttpRequestHandler handler = (request, response) -> {};

    private final HttpRequestHandler other = (request, response) -> {};

    private @Nullable WebhookHandlers handlers;

    @AfterEach
    void close() {
        context.close();
    }

    private WebhookHandlers handlers() {
        if (handlers == null) {
            context.refresh();
            handlers = new WebhookHandlers(new WebhookPath(PATH), context);
        }
        return handlers;
    }

    private void controller(Class<?> type) {
        context.registerBean(type);
        context.registerBean(RequestMappingHandlerMapping.class);
    }

    private void urls(Map<String, ?> urls) {
        context.registerBean(SimpleUrlHandlerMapping.class, () -> new SimpleUrlHandlerMapping(urls, 5));
    }

    /** A handler mapping that provides no pattern. */
    private void custom(Function<HttpServletRequest, @Nullable Object> mapping) {
        context.registerBean(HandlerMapping.class, () -> request -> {
            Object found = mapping.apply(request);
            return found == null ? null : new HandlerExecutionChain(found);
        });
    }

    private static MockHttpServletRequest request(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        return request;
    }

    private boolean isHandled() {
        return handlers().isHandled(request(PATH));
    }

    private boolean isWebhookHandler(String path, Object matched) {
        return handlers().isWebhookHandler(request(path), matched);
    }

    /** A request that a pattern has matched which was not written for the path of webhooks. */
    private static MockHttpServletRequest matchedElsewhere() {
        MockHttpServletRequest request = request("/anything");
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/anything");
        return request;
    }

    private Object match(String path) throws Exception {
        handlers();
        for (HandlerMapping mapping :
                context.getBeansOfType(HandlerMapping.class).values()) {
            HandlerExecutionChain chain = mapping.getHandler(parsed(path));
            if (chain != null) {
                return chain.getHandler();
            }
        }
        throw new IllegalStateException("no handler of " + path);
    }

    private static MockHttpServletRequest parsed(String path) {
        MockHttpServletRequest request = request(path);
        ServletRequestPathUtils.parseAndCache(request);
        return request;
    }

    @Test
    void withoutHandlersAWebhookIsNotHandled() {
        assertThat(isHandled()).isFalse();
        assertThat(handlers().path().value()).isEqualTo(PATH);
    }

    @Test
    void aControllerOnThePathHandlesWebhooks() {
        controller(OnPath.class);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void aHandlerWithAWildcardAfterALiteralSegmentHandlesWebhooks() {
        urls(Map.of("/webhooks/**", handler));

        assertThat(isHandled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "/{*path}", "/{a}/{b}"})
    void aHandlerOfAllPathsDoesNotHandleWebhooks(String pattern) {
        urls(Map.of(pattern, handler));

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aHandlerOfStaticResourcesDoesNotHandleWebhooks() {
        urls(Map.of("/webhooks/**", new ResourceHttpRequestHandler()));

        assertThat(isHandled()).isFalse();
    }

    @Test
    void theDefaultServletDoesNotHandleWebhooks() {
        urls(Map.of("/webhooks/**", new DefaultServletHttpRequestHandler()));

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aServletOnThePathHandlesWebhooks() {
        MockHttpServletRequest request = request(PATH);
        request.setHttpServletMapping(new MockHttpServletMapping(PATH, PATH, "own", MappingMatch.EXACT));

        assertThat(handlers().isHandled(request)).isTrue();
    }

    @Test
    void aControllerWithFurtherConditionsHandlesWebhooksThatDoNotMeetThem() {
        controller(OnPathWithConditions.class);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void aControllerForAnotherMethodDoesNotHandleWebhooks() {
        controller(OnPathForPut.class);

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aHandlerWithoutAPatternHandlesWebhooksUnlessItHandlesOtherPathsToo() {
        custom(request -> request.getRequestURI().equals(PATH) ? handler : null);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void aHandlerWithoutAPatternOfAllPathsDoesNotHandleWebhooks() {
        custom(request -> handler);

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aHandlerMappingThatFailsIsLoggedOnceAndControllersCount(CapturedOutput output) {
        custom(request -> {
            throw new IllegalArgumentException("broken mapping");
        });

        assertThat(isHandled()).isFalse();
        assertThat(isHandled()).isFalse();

        assertThat(output.getAll().lines().filter(line -> line.contains("Could not look up the handler")))
                .hasSize(1);
    }

    @Test
    void aHandlerMappingThatFailsDoesNotHideAControllerOnThePath() {
        controller(OnPath.class);
        context.registerBean(FailingMapping.class);

        assertThat(isHandled()).isTrue();
    }

    /** Is asked before all others. */
    static final class FailingMapping implements HandlerMapping, PriorityOrdered {

        @Override
        public HandlerExecutionChain getHandler(HttpServletRequest request) {
            throw new IllegalArgumentException("broken mapping");
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PATH,
                PATH + "/",
                "/webhooks//lattestream",
                "/WEBHOOKS/lattestream",
                "/webhooks/lattestream;a=b",
                "/webhooks/latte%73tream"
            })
    void anyHandlerOfThePathInAnyNotationIsAHandlerOfWebhooks(String path) {
        assertThat(isWebhookHandler(path, other)).isTrue();
        assertThat(handlers().mayMatch(request(path))).isTrue();
    }

    @Test
    void aHandlerOfAnotherPathIsNotAHandlerOfWebhooks() {
        assertThat(isWebhookHandler("/other", other)).isFalse();
        assertThat(handlers().mayMatch(request("/other"))).isFalse();
    }

    @Test
    void thePathAsNormalizedByTheContainerCounts() {
        MockHttpServletRequest normalized = request("/a/../webhooks/lattestream");
        normalized.setServletPath("/webhooks");
        normalized.setPathInfo("/lattestream");
        MockHttpServletRequest decoded = request("/other");
        decoded.setAttribute(UrlPathHelper.PATH_ATTRIBUTE, PATH);

        assertThat(handlers().mayMatch(normalized)).isTrue();
        assertThat(handlers().mayMatch(decoded)).isTrue();
    }

    @Test
    void aParsedPathIsUsed() {
        MockHttpServletRequest request = parsed(PATH);
        request.setRequestURI("/other");
        request.setServletPath("/other");

        assertThat(handlers().mayMatch(request)).isTrue();
    }

    @Test
    void aControllerOnThePathIsAHandlerOfWebhooksOnItsOtherPathsToo() throws Exception {
        controller(OnPath.class);

        assertThat(isWebhookHandler("/alias", match("/alias"))).isTrue();
    }

    @Test
    void aControllerThatReadsWebhooksIsAHandlerOfWebhooks() throws Exception {
        controller(Elsewhere.class);

        assertThat(isWebhookHandler("/reads-webhooks", match("/reads-webhooks")))
                .isTrue();
        MockHttpServletRequest text = request("/reads-text");
        text.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/reads-text");
        assertThat(handlers().isWebhookHandler(text, match("/reads-text"))).isFalse();
    }

    @Test
    void aUrlHandlerOnThePathIsAHandlerOfWebhooksOnItsOtherPathsToo() {
        urls(Map.of(PATH, handler, "/other", other));

        assertThat(handlers().isWebhookHandler(matchedElsewhere(), handler)).isTrue();
        assertThat(handlers().isWebhookHandler(matchedElsewhere(), other)).isFalse();
    }

    @Test
    void aUrlHandlerThatIsABeanIsAHandlerOfWebhooks() {
        context.registerBean("lazy", Named.class, definition -> definition.setLazyInit(true));
        SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of(PATH, "lazy"));
        mapping.setLazyInitHandlers(true);
        context.registerBean(SimpleUrlHandlerMapping.class, () -> mapping);
        handlers();

        assertThat(handlers().isWebhookHandler(matchedElsewhere(), context.getBean("lazy")))
                .isTrue();
        assertThat(handlers().isWebhookHandler(matchedElsewhere(), new Named())).isFalse();
    }

    @Test
    void aUrlHandlerThatIsAPrototypeIsNotCreatedForTheComparison() {
        AtomicInteger created = new AtomicInteger();
        context.registerBean(
                "prototype",
                Named.class,
                () -> {
                    created.incrementAndGet();
                    return new Named();
                },
                definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE));
        urls(Map.of(PATH, "prototype"));

        assertThat(handlers().isWebhookHandler(matchedElsewhere(), new Named())).isFalse();
        assertThat(created).hasValue(0);
    }

    @Test
    void aControllerThatSeveralMappingsContainHandlesWebhooks() {
        controller(OnPathWithConditions.class);
        context.registerBean("second", RequestMappingHandlerMapping.class);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void thePatternThatMatchedDecides() {
        MockHttpServletRequest literal = request("/anything");
        literal.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH + "/**");
        MockHttpServletRequest variable = request("/anything");
        variable.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/webhooks/{source}");
        custom(request -> handler);

        assertThat(handlers().isWebhookHandler(literal, handler)).isTrue();
        assertThat(handlers().isWebhookHandler(variable, handler)).isFalse();
    }

    @Test
    void aHandlerWithoutAPatternIsAHandlerOfWebhooksIfItIsTheHandlerOfThePathOnly() {
        custom(request -> request.getRequestURI().equals(PATH)
                ? handler
                : request.getRequestURI().startsWith("/webhooks/") ? other : null);

        assertThat(isWebhookHandler("/anything", handler)).isTrue();
        assertThat(isWebhookHandler("/anything", other)).isFalse();
    }

    @Test
    void aHandlerWithoutAPatternOfManyPathsIsNotAHandlerOfWebhooks() {
        custom(request -> handler);

        assertThat(isWebhookHandler("/anything", handler)).isFalse();
    }

    @Test
    void ifTheHandlerOfThePathCannotBeDeterminedTheRequestIsRefused(CapturedOutput output) {
        custom(request -> {
            throw new IllegalArgumentException("broken mapping");
        });

        assertThat(isWebhookHandler("/anything", handler)).isTrue();
        assertThat(output).contains("refused with status 401");
    }

    @Test
    void anUnverifiedRequestOnThePathIsMappedToTheRefusal() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        UnverifiedRequestHandler refusal = new UnverifiedRequestHandler(handlers(), outcomes::add);
        UnverifiedRequestHandlerMapping mapping = new UnverifiedRequestHandlerMapping(refusal);
        MockHttpServletRequest verified = request(PATH);
        VerifiedWebhook.mark(verified, new WebhookFixture().delivery());
        MockHttpServletResponse response = new MockHttpServletResponse();

        assertThat(mapping.getOrder()).isEqualTo(Integer.MIN_VALUE);
        assertThat(mapping.getHandler(verified)).isNull();
        assertThat(mapping.getHandler(request("/other"))).isNull();
        assertThat(mapping.getHandler(request(PATH)).getHandler()).isSameAs(refusal);

        refusal.handleRequest(request(PATH), response);
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(outcomes).containsExactly(Outcome.UNVERIFIED);
    }

    @Test
    void theInterceptorRefusesUnverifiedRequestsOfHandlersOfWebhooks(CapturedOutput output) throws Exception {
        urls(Map.of(PATH, handler));
        List<Outcome> outcomes = new ArrayList<>();
        WebhookHandlerInterceptor interceptor =
                new WebhookHandlerInterceptor(new UnverifiedRequestHandler(handlers(), outcomes::add));
        MockHttpServletRequest verified = request("/anything");
        VerifiedWebhook.mark(verified, new WebhookFixture().delivery());
        MockHttpServletResponse response = new MockHttpServletResponse();
        ClientRequest unread = new ClientRequest("POST", "/anything", 100);

        assertThat(interceptor.preHandle(request("/anything"), response, other)).isTrue();
        assertThat(interceptor.preHandle(verified, response, handler)).isTrue();
        assertThat(outcomes).isEmpty();

        assertThat(interceptor.preHandle(unread, response, handler)).isFalse();
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(outcomes).containsExactly(Outcome.UNVERIFIED);
        assertThat(unread.listener).as("the discarded body").isNotNull();
        assertThat(output).contains("[webhook_unverified]", "'/anything'", PATH);
    }

    @Test
    void theRefusalIsNotAHandlerOfTheApplication() {
        context.registerBean(
                UnverifiedRequestHandlerMapping.class,
                () -> new UnverifiedRequestHandlerMapping(new UnverifiedRequestHandler(
                        new WebhookHandlers(new WebhookPath(PATH), context), outcome -> {})));

        assertThat(isHandled()).isFalse();
    }

    static final class Named implements HttpRequestHandler {

        @Override
        public void handleRequest(HttpServletRequest request, HttpServletResponse response) {}
    }

    @RestController
    static final class OnPath {

        @PostMapping({PATH, "/alias"})
        void handle() {}

        @RequestMapping("/unrelated")
        void unrelated() {}
    }

    @RestController
    static final class OnPathWithConditions {

        @RequestMapping(path = PATH, consumes = "text/plain")
        void handle() {}
    }

    @RestController
    static final class OnPathForPut {

        @PutMapping(PATH)
        void handle() {}
    }

    @RestController
    static final class Elsewhere {

        @PostMapping("/reads-webhooks")
        void webhooks(@RequestBody WebhookPayload payload) {}

        @PostMapping("/reads-text")
        void text(@RequestBody String text) {}
    }
}
