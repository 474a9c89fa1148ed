package com.lattestream.test.internal.fault;

/**
 * Which paths are meant: one, or with <code>/*</code> at the end everything below.
 *
 * @param pattern the path, as it is sent; or its beginning and <code>/*</code>
 */
public record PathPattern(String pattern) {

    /** All paths. */
    public static final PathPattern ANY = new PathPattern("/*");

    private static final String BELOW = "/*";

    /**
     * Checks the pattern.
     * @param pattern the path
     * @throws IllegalArgumentException if it does not start with a slash
     */
    public PathPattern {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("The path '" + pattern + "' must start with /");
        }
    }

    boolean matches(String path) {
        return pattern.endsWith(BELOW)
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern);
    }
}
