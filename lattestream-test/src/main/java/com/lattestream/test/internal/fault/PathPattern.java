package com.lattestream.test.internal.fault;

/**
 * Pattern for paths: either a single path, or with <code>/*</code> at the end all paths below.
 *
 * @param pattern the path as sent, or its beginning followed by <code>/*</code>
 */
public record PathPattern(String pattern) {

    /** Matches all paths. */
    public static final PathPattern ANY = new PathPattern("/*");

    private static final String BELOW = "/*";

    /**
     * Validates the pattern.
     * @param pattern the pattern
     * @throws IllegalArgumentException if the pattern does not start with a slash
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
