package com.lattestream.samples.benchmark.web.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with authorizers, a listener of webhooks, and controllers that do as little as is possible. */
@SpringBootApplication
class ServerApplication {}
