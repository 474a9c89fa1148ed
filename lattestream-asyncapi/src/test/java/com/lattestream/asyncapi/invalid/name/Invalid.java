package com.lattestream.asyncapi.invalid.name;

import com.lattestream.spring.ChannelEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

@AutoConfigurationPackage
@ChannelEvent(channel = "a", event = "lattestream:e", payload = String.class)
public class Invalid {}
