package com.lattestream.asyncapi;

import com.lattestream.asyncapi.internal.schema.PayloadSchemas;
import java.util.List;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the JSON of an AsyncAPI 3.0 document. Not thread-safe. */
final class DocumentBuilder {

    private static final String AUTHORIZATION = "x-lattestream-authorization";

    private final PayloadSchemas schemas;

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    DocumentBuilder(JsonMapper jsonMapper) {
        this.schemas = new PayloadSchemas(jsonMapper);
    }

    /** Returns the document of a contract. */
    ObjectNode build(String title, String version, ApplicationContract contract) {
        document.put("asyncapi", "3.0.0");
        document.putObject("info").put("title", title).put("version", version);
        document.put("defaultContentType", "application/json");
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        DocumentKeys channelKeys = new DocumentKeys();
        DocumentKeys operationKeys = new DocumentKeys();
        for (ChannelContract channel : contract.channels()) {
            String channelKey = channelKeys.of(channel.address().toString());
            DocumentKeys eventKeys = new DocumentKeys();
            channels.set(channelKey, channel(channel, eventKeys));
            for (String event : channel.events().keySet()) {
                // the parts of a key may contain dots as well
                String operationKey =
                        operationKeys.of(channelKey + "." + eventKeys.of(event), channelKey + " " + event);
                operations.set(operationKey, operation(channelKey, event, eventKeys.of(event)));
            }
        }
        document.putObject("components").set("schemas", schemas.definitions("components/schemas"));
        return document;
    }

    private ObjectNode channel(ChannelContract contract, DocumentKeys eventKeys) {
        ChannelAddress address = contract.address();
        ObjectNode channel = JsonNodeFactory.instance.objectNode().put("address", address.toString());
        Boolean authorization = address.requiresAuthorization();
        if (authorization == null) {
            channel.put("description", "Subscriptions to private and presence channels require authorization.");
        } else if (authorization) {
            channel.put("description", "Subscriptions require authorization.");
        }
        if (!address.parameters().isEmpty()) {
            ObjectNode parameters = channel.putObject("parameters");
            address.parameters().forEach((name, values) -> {
                ObjectNode parameter = parameters.putObject(name);
                if (!values.isEmpty()) {
                    values.forEach(parameter.putArray("enum")::add);
                }
            });
        }
        ObjectNode messages = channel.putObject("messages");
        contract.events().forEach((event, types) -> messages.set(eventKeys.of(event), message(event, types)));
        channel.put(AUTHORIZATION, authorization == null ? "undetermined" : authorization ? "required" : "none");
        return channel;
    }

    private ObjectNode message(String event, List<ResolvableType> types) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("name", event);
        if (types.size() == 1) {
            message.set("payload", schemas.schema(types.get(0)));
        } else {
            ArrayNode anyOf = message.putObject("payload").putArray("anyOf");
            types.forEach(type -> anyOf.add(schemas.schema(type)));
        }
        return message;
    }

    private static ObjectNode operation(String channel, String event, String message) {
        // the application sends its events, and receives client events as webhooks
        ObjectNode operation = JsonNodeFactory.instance
                .objectNode()
                .put("action", ApplicationContract.isClientEvent(event) ? "receive" : "send");
        operation.putObject("channel").put("$ref", "#/channels/" + channel);
        operation.putArray("messages").addObject().put("$ref", "#/channels/" + channel + "/messages/" + message);
        return operation;
    }
}
