package com.lattestream.spring.boot.autoconfigure;

import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A path of the starter for {@code POST} requests. A controller of the application that is mapped to exactly this path is
 * called instead of the starter's own handler.
 *
 * @param path the path, within the dispatcher servlet
 */
public record HandlerPath(String path) {

    /**
     * Creates a path from a property.
     * @param property the property's full name
     * @param path its value
     * @return the path
     * @throws InvalidLatteStreamPropertyException if the value is not a path
     */
    public static HandlerPath of(String property, String path) {
        if (!path.startsWith("/") || path.matches(".*[{}*?;\\s].*")) {
            throw new InvalidLatteStreamPropertyException(
                    property, "A path must start with / and must not contain a pattern", null);
        }
        return new HandlerPath(path);
    }

    /**
     * Whether the application handles the path itself.
     * @param controllers the controllers of the application
     * @return whether one of them handles {@code POST} on this path
     */
    public boolean isHandledBy(RequestMappingHandlerMapping controllers) {
        return controllers.getHandlerMethods().keySet().stream().anyMatch(this::isMappedBy);
    }

    private boolean isMappedBy(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().contains(path) && (methods.isEmpty() || methods.contains(RequestMethod.POST));
    }
}
