package com.lattestream.spring.internal.client;

import com.lattestream.spring.LatteStreamConnectionDetails;

/** The connection to a local engine. It is used in all modes, because no request is sent to the service. */
public interface LocalEngineConnectionDetails extends LatteStreamConnectionDetails {}
