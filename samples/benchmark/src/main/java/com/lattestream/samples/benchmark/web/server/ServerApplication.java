package com.lattestream.samples.benchmark.web.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with authorizers, a listener for webhooks, and controllers that do as little as possible. */
@SpringBootApplication
class ServerApplication {}
