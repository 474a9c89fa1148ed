package com.lattestream.test.internal.rest;

import com.lattestream.core.ChannelAttribute;
import com.lattestream.core.ChannelName;
import com.lattestream.test.internal.channel.ChannelState;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Attributes of channels requested by the {@code info} parameter of a query. Immutable. */
final class InfoQuery {

    private final Set<ChannelAttribute> attributes;

    private InfoQuery(Set<ChannelAttribute> attributes) {
        this.attributes = attributes;
    }

    /** Parses the parameter of a request. */
    static InfoQuery of(Request request) throws RestException {
        Set<ChannelAttribute> attributes = EnumSet.noneOf(ChannelAttribute.class);
        String info = Request.extractQueryParameters(request).getValue("info");
        if (info != null && !info.isEmpty()) {
            for (String name : info.split(",", -1)) {
                attributes.add(attribute(name));
            }
        }
        return new InfoQuery(attributes);
    }

    private static ChannelAttribute attribute(String name) throws RestException {
        for (ChannelAttribute attribute : ChannelAttribute.values()) {
            if (name.equals(attribute.wireName()) || name.equals(field(attribute))) {
                return attribute;
            }
        }
        throw new RestException(
                HttpStatus.BAD_REQUEST_400, "info '" + name + "' must be user_count, subscription_count or both");
    }

    // field names in responses of the service
    private static String field(ChannelAttribute attribute) {
        return attribute == ChannelAttribute.USER_COUNT ? "userCount" : "subscriptionCount";
    }

    /** Returns the state of a channel as JSON; users are counted on presence channels only. */
    ObjectNode json(String channel, ChannelState state) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("occupied", state.subscriptions() > 0);
        if (attributes.contains(ChannelAttribute.USER_COUNT) && ChannelName.isPresence(channel)) {
            json.put(field(ChannelAttribute.USER_COUNT), state.users());
        }
        if (attributes.contains(ChannelAttribute.SUBSCRIPTION_COUNT)) {
            json.put(field(ChannelAttribute.SUBSCRIPTION_COUNT), state.subscriptions());
        }
        return json;
    }
}
