package com.lattestream.samples.chat.browser;

import com.lattestream.spring.LatteStreamBrowserSettings;

/** The sources that the page may load, and the addresses that it may connect to. */
public final class ContentSecurityPolicy {

    private ContentSecurityPolicy() {}

    /**
     * Returns the policy of the page.
     * @param settings the settings with which the page connects
     * @return a Content-Security-Policy
     */
    public static String of(LatteStreamBrowserSettings settings) {
        String secure = settings.tls() ? "s" : "";
        String address = settings.endpoint() != null ? settings.endpoint() : "*.lattestream.com";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' http"
                + secure
                + "://" + address + " ws" + secure + "://" + address
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
