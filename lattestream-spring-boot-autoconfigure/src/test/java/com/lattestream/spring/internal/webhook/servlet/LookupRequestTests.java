package com.lattestream.spring.internal.webhook.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.WebUtils;

/** The lookup of a handler does not change the request, and does not read from the client. */
class LookupRequestTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/context/path");

    private void setUp(String contextPath, String servletPath, String pathInfo) {
        request.setContextPath(contextPath);
        request.setServletPath(servletPath);
        request.setPathInfo(pathInfo);
    }

    private static String parsedPath(HttpServletRequest request) {
        return ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .value();
    }

    @Test
    void aLookupAtTheOwnPathHasThePathsOfTheRequest() {
        setUp("/context", "/path", null);

        LookupRequest lookup = LookupRequest.of(request);

        assertThat(lookup.getRequestURI()).isEqualTo("/context/path");
        assertThat(lookup.getServletPath()).isEqualTo("/path");
        assertThat(lookup.getPathInfo()).isNull();
        assertThat(parsedPath(lookup)).isEqualTo("/path");
    }

    @Test
    void aLookupAtAnotherPathHasThisPath() {
        setUp("/context", "/path", null);

        LookupRequest lookup = LookupRequest.at("/other", request);

        assertThat(lookup.getRequestURI()).isEqualTo("/context/other");
        assertThat(lookup.getServletPath()).isEqualTo("/other");
        assertThat(lookup.getPathInfo()).isNull();
        assertThat(parsedPath(lookup)).isEqualTo("/other");
    }

    @Test
    void theOtherPathIsWithinTheDispatcherServlet() {
        request.setRequestURI("/context/servlet/path");
        setUp("/context", "/servlet", "/path");
        HttpServletMapping mapping = new MockHttpServletMapping("path", "/servlet/*", "dispatcher", MappingMatch.PATH);
        request.setHttpServletMapping(mapping);

        LookupRequest lookup = LookupRequest.at("/other", request);

        assertThat(lookup.getRequestURI()).isEqualTo("/context/servlet/other");
        assertThat(lookup.getServletPath()).isEqualTo("/servlet");
        assertThat(lookup.getPathInfo()).isEqualTo("/other");
        assertThat(LookupRequest.of(request).getPathInfo()).isEqualTo("/path");
    }

    @Test
    void attributesOfHandlerMappingsAreKeptApartFromTheRequest() {
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/of/the/request");
        request.setAttribute(WebUtils.INCLUDE_REQUEST_URI_ATTRIBUTE, "/included");
        request.setAttribute("user", "alice");

        LookupRequest lookup = LookupRequest.at("/other", request);
        assertThat(lookup.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .isNull();
        assertThat(lookup.getAttribute(WebUtils.INCLUDE_REQUEST_URI_ATTRIBUTE)).isNull();
        assertThat(LookupRequest.of(request).getAttribute(WebUtils.INCLUDE_REQUEST_URI_ATTRIBUTE))
                .isEqualTo("/included");
        assertThat(lookup.getAttribute("user")).isEqualTo("alice");

        lookup.setAttribute("found", "pattern");
        lookup.removeAttribute("user");
        assertThat(lookup.getAttribute("found")).isEqualTo("pattern");
        assertThat(lookup.getAttribute("user")).isNull();
        assertThat(request.getAttribute("found")).isNull();
        assertThat(request.getAttribute("user")).isEqualTo("alice");
        assertThat(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .isEqualTo("/of/the/request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "Multipart/form-data; boundary=x"})
    void parametersThatTheContainerWouldReadFromTheBodyAreHidden(String type) {
        request.setContentType(type);
        request.setParameter("name", "value");

        LookupRequest lookup = LookupRequest.of(request);

        assertThat(lookup.getParameter("name")).isNull();
        assertThat(lookup.getParameterMap()).isEmpty();
        assertThat(lookup.getParameterNames().hasMoreElements()).isFalse();
        assertThat(lookup.getParameterValues("name")).isNull();
    }

    @Test
    void parametersOfTheQueryAreVisible() {
        for (String type : new String[] {"application/json", null}) {
            request.setContentType(type);
            request.setParameter("name", "value");

            assertParametersAreVisible(LookupRequest.of(request));
        }
    }

    @Test
    void parametersOfAVerifiedRequestAreVisible() {
        request.setContentType("application/x-www-form-urlencoded");
        request.setParameter("name", "value");

        assertParametersAreVisible(LookupRequest.of(new CachedBodyRequest(request, new byte[0])));
    }

    private static void assertParametersAreVisible(LookupRequest lookup) {
        assertThat(lookup.getParameter("name")).isEqualTo("value");
        assertThat(lookup.getParameterMap()).containsExactly(Map.entry("name", new String[] {"value"}));
        assertThat(Collections.list(lookup.getParameterNames())).containsExactly("name");
        assertThat(lookup.getParameterValues("name")).containsExactly("value");
    }

    @Test
    void theBodyOfAnUnverifiedRequestIsEmpty() throws IOException {
        request.setContent("body".getBytes(UTF_8));

        LookupRequest lookup = LookupRequest.of(request);

        assertThat(lookup.getInputStream().readAllBytes()).isEmpty();
        assertThat(lookup.getReader().readLine()).isNull();
        assertThat(request.getInputStream().readAllBytes()).isNotEmpty();
    }

    @Test
    void theBodyOfAVerifiedRequestIsAvailable() throws IOException {
        LookupRequest lookup = LookupRequest.of(new CachedBodyRequest(request, "body".getBytes(UTF_8)));

        assertThat(lookup.getInputStream().readAllBytes()).isEqualTo("body".getBytes(UTF_8));
        assertThat(lookup.getReader().readLine()).isEqualTo("body");
    }
}
