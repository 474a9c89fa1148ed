package com.lattestream.core.internal.wire;

import java.io.InputStream;
import java.io.Reader;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.jdk.IterableSerializer;

/**
 * Rejects data that Jackson would write as a meaningless object, such as {@code {"done":false}} for a future: types
 * whose instances provide data but do not contain it, and the trees of other JSON libraries. A serializer that the
 * application has registered for such a type takes precedence. The decision is part of the serializers that a mapper
 * caches, so triggering an event has no additional cost, and only the mapper refers to the types.
 */
final class UnsupportedDataModule extends SimpleModule {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String FUTURE = "is a future: wait for its result, and use the result as data, such as"
            + " future.thenAccept(data -> client.trigger(channel, event, data))";

    private static final String PUBLISHER =
            "is a publisher: subscribe to it, and trigger an event for each of its elements";

    private static final String STREAM =
            "is a stream: collect its elements into a list, and use the list as data, such as" + " stream.toList()";

    private static final String INPUT =
            "is a source of bytes or characters: read it, and use the content as data, such as" + " a String";

    private static final String SUPPLIER = "is a function: call it, and use its result as data";

    private static final String TREE =
            "is a tree of another JSON library than Jackson 3: convert it to JSON text, and use"
                    + " Event.ofJson(channel, event, text)";

    // Jackson writes a stream as an array, but only once: an event that is encoded again would have no data
    private static final String STREAM_SERIALIZERS = "tools.jackson.databind.ext.jdk8.";

    // types of optional libraries are identified by name
    private static final Map<String, String> UNSUPPORTED = new LinkedHashMap<>();

    static {
        UNSUPPORTED.put(Future.class.getName(), FUTURE);
        UNSUPPORTED.put(CompletionStage.class.getName(), FUTURE);
        UNSUPPORTED.put("kotlinx.coroutines.Job", FUTURE);
        UNSUPPORTED.put(Flow.Publisher.class.getName(), PUBLISHER);
        UNSUPPORTED.put("org.reactivestreams.Publisher", PUBLISHER);
        UNSUPPORTED.put("io.reactivex.rxjava3.core.ObservableSource", PUBLISHER);
        UNSUPPORTED.put("io.reactivex.rxjava3.core.SingleSource", PUBLISHER);
        UNSUPPORTED.put("io.reactivex.rxjava3.core.MaybeSource", PUBLISHER);
        UNSUPPORTED.put("io.smallrye.mutiny.Uni", PUBLISHER);
        UNSUPPORTED.put("kotlinx.coroutines.flow.Flow", PUBLISHER);
        UNSUPPORTED.put(BaseStream.class.getName(), STREAM);
        UNSUPPORTED.put(InputStream.class.getName(), INPUT);
        UNSUPPORTED.put(Reader.class.getName(), INPUT);
        UNSUPPORTED.put("org.springframework.core.io.InputStreamSource", INPUT);
        UNSUPPORTED.put(Supplier.class.getName(), SUPPLIER);
        UNSUPPORTED.put(Callable.class.getName(), SUPPLIER);
        UNSUPPORTED.put("com.fasterxml.jackson.core.TreeNode", TREE);
        UNSUPPORTED.put("com.fasterxml.jackson.databind.JsonSerializable", TREE);
        UNSUPPORTED.put("com.google.gson.JsonElement", TREE);
        UNSUPPORTED.put("org.json.JSONObject", TREE);
        UNSUPPORTED.put("org.json.JSONArray", TREE);
        UNSUPPORTED.put("jakarta.json.JsonValue", TREE);
    }

    UnsupportedDataModule() {
        super("lattestream-unsupported-data");
        setSerializerModifier(new Modifier());
    }

    private static @Nullable String reason(Class<?> type) {
        Deque<Class<?>> types = new ArrayDeque<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        while (!types.isEmpty()) {
            Class<?> next = types.remove();
            String reason = UNSUPPORTED.get(next.getName());
            if (reason != null) {
                return reason;
            }
            types.addAll(List.of(next.getInterfaces()));
        }
        return null;
    }

    private static final class Modifier extends ValueSerializerModifier {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
            // any other serializer was chosen for the type by the application, an annotation or Jackson
            boolean chosenByShape = serializer instanceof BeanSerializerBase
                    || serializer instanceof UnknownSerializer
                    || serializer instanceof IterableSerializer
                    || serializer.getClass().getName().startsWith(STREAM_SERIALIZERS);
            String reason = chosenByShape ? reason(bean.getBeanClass()) : null;
            return reason == null
                    ? serializer
                    : new RefusingSerializer(bean.getType(), bean.getBeanClass().getName() + " " + reason);
        }
    }
}
