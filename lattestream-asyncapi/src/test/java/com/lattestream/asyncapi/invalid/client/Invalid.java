package com.lattestream.asyncapi.invalid.client;

import com.lattestream.spring.ChannelEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

@AutoConfigurationPackage
@ChannelEvent(channel = "a", event = "client-e", payload = String.class)
public class Invalid {}
