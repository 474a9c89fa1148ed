package com.lattestream.asyncapi.invalid.comma;

import com.lattestream.spring.ChannelEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

@AutoConfigurationPackage
@ChannelEvent(channel = "a,{b}", event = "e", payload = String.class)
public class Invalid {}
