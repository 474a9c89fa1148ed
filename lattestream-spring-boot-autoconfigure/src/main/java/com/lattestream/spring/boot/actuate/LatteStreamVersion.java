package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;

/** The version of the client. */
final class LatteStreamVersion {

    private LatteStreamVersion() {}

    static String get() {
        String version = LatteStreamClient.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
