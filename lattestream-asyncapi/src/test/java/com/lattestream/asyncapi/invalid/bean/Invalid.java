package com.lattestream.asyncapi.invalid.bean;

import com.lattestream.spring.ChannelEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

@AutoConfigurationPackage
@ChannelEvent(channel = "a", event = "e")
public class Invalid {}
