package com.lattestream.spring.boot.autoconfigure;

import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A path of ours, to which {@code POST} requests go unless the application handles them itself: a controller on the same
 * path wins, one on a pattern that happens to match does not.
 *
 * @param path the path, within the dispatcher servlet
 */
public record HandlerPath(String path) {

    /**
     * Takes what was configured.
     * @param property the property's full name
     * @param path its value
     * @return the path
     * @throws InvalidLatteStreamPropertyException if it is no path
     */
    public static HandlerPath of(String property, String path) {
        if (!path.startsWith("/") || path.matches(".*[{}*?;\\s].*")) {
            throw new InvalidLatteStreamPropertyException(
                    property, "A path must start with / and hold no pattern", null);
        }
        return new HandlerPath(path);
    }

    /**
     * Tells whether the application handles the path itself.
     * @param controllers what the application has
     * @return whether one of them takes {@code POST} on this path
     */
    public boolean isHandledBy(RequestMappingHandlerMapping controllers) {
        return controllers.getHandlerMethods().keySet().stream().anyMatch(this::isMappedBy);
    }

    private boolean isMappedBy(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().contains(path) && (methods.isEmpty() || methods.contains(RequestMethod.POST));
    }
}
