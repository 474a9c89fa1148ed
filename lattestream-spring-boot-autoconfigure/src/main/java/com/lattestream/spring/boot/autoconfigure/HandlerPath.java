package com.lattestream.spring.boot.autoconfigure;

/**
 * A path of the starter for {@code POST} requests. A controller of the application that is mapped to exactly this path
 * is called instead of the starter's own handler.
 *
 * @param path the path, within the dispatcher servlet or the base path
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
}
