package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.UrlPathHelper;
import org.springframework.web.util.WebUtils;

/**
 * Replaces a request during the lookup of a handler, possibly at another path. Handler mappings set attributes, which
 * are kept here. Conditions of handlers may read parameters and the body, which must not be read from a client whose
 * signature has not been verified.
 */
final class LookupRequest extends HttpServletRequestWrapper {

    private final @Nullable String path;

    private final Map<String, @Nullable Object> attributes = new HashMap<>();

    private LookupRequest(HttpServletRequest request, @Nullable String path) {
        super(request);
        this.path = path;
        for (String hidden : new String[] {
            ServletRequestPathUtils.PATH_ATTRIBUTE,
            UrlPathHelper.PATH_ATTRIBUTE,
            ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE,
            HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE
        }) {
            attributes.put(hidden, null);
        }
        if (path != null) {
            for (String hidden : new String[] {
                WebUtils.INCLUDE_REQUEST_URI_ATTRIBUTE,
                WebUtils.INCLUDE_CONTEXT_PATH_ATTRIBUTE,
                WebUtils.INCLUDE_SERVLET_PATH_ATTRIBUTE,
                WebUtils.INCLUDE_PATH_INFO_ATTRIBUTE
            }) {
                attributes.put(hidden, null);
            }
        }
    }

    /** Creates a replacement of a request at its own path. */
    static LookupRequest of(HttpServletRequest request) {
        return parsed(new LookupRequest(request, null));
    }

    /** Creates a replacement of a request at another path within the dispatcher servlet. */
    static LookupRequest at(String path, HttpServletRequest request) {
        return parsed(new LookupRequest(request, path));
    }

    // as the dispatcher servlet does for mappings with parsed patterns
    private static LookupRequest parsed(LookupRequest request) {
        ServletRequestPathUtils.parseAndCache(request);
        return request;
    }

    private @Nullable String servletPrefix() {
        return ServletRequestPathUtils.getServletPathPrefix((HttpServletRequest) getRequest());
    }

    @Override
    public String getRequestURI() {
        if (path == null) {
            return super.getRequestURI();
        }
        String prefix = servletPrefix();
        return getContextPath() + (prefix == null ? "" : prefix) + path;
    }

    @Override
    public String getServletPath() {
        if (path == null) {
            return super.getServletPath();
        }
        String prefix = servletPrefix();
        return StringUtils.hasLength(prefix) ? prefix : path;
    }

    @Override
    public @Nullable String getPathInfo() {
        if (path == null) {
            return super.getPathInfo();
        }
        return StringUtils.hasLength(servletPrefix()) ? path : null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.containsKey(name) ? attributes.get(name) : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.put(name, null);
    }

    private boolean isBodyAvailable() {
        return getRequest() instanceof CachedBodyRequest;
    }

    // the container reads the body of a form to find its parameters
    private boolean areParametersHidden() {
        String type = getContentType();
        return !isBodyAvailable()
                && type != null
                && (type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
                        || type.toLowerCase(Locale.ROOT).startsWith("multipart/"));
    }

    @Override
    public @Nullable String getParameter(String name) {
        return areParametersHidden() ? null : super.getParameter(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return areParametersHidden() ? Map.of() : super.getParameterMap();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return areParametersHidden() ? Collections.emptyEnumeration() : super.getParameterNames();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return areParametersHidden() ? null : super.getParameterValues(name);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return isBodyAvailable() ? super.getInputStream() : CachedBodyRequest.stream(new byte[0]);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return isBodyAvailable() ? super.getReader() : new BufferedReader(new StringReader(""));
    }
}
