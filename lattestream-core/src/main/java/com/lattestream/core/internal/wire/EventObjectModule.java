package com.lattestream.core.internal.wire;

import java.io.Serial;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EventObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializerBuilder;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.std.ToStringSerializerBase;

/**
 * Prevents the source of events from being sent. An {@link EventObject}, which Spring's {@code ApplicationEvent}
 * extends, refers to the object that published it, such as an entity with a password hash. As a property it would be
 * sent to subscribers. For these types, a mapper with this module writes only properties that a class of the
 * application declares, and none that is read from {@code source} or {@code timestamp}, even if the property is
 * renamed, unwrapped or explicitly made visible. A type without another property cannot be written. Properties of
 * Spring's type {@code ResolvableType} are omitted from all types.
 */
public final class EventObjectModule extends SimpleModule {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Set<String> NEVER_SENT = Set.of("source", "getSource", "timestamp", "getTimestamp");

    // such as getAuthentication() of Spring Security's events, which returns the source
    private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jakarta.", "org.springframework.");

    // the type of a property of a ResolvableTypeProvider; it refers to itself and cannot be written
    private static final String SPRINGS_TYPE = "org.springframework.core.ResolvableType";

    private static final String NOTHING_TO_SEND =
            "the event has no property to send: the source and the timestamp of an event are never sent";

    /** Creates the module. */
    public EventObjectModule() {
        super("lattestream-event-object");
        setSerializerModifier(new Modifier());
    }

    /**
     * Whether a method returns the source or the timestamp of an event.
     * @param accessor a method without parameters
     * @return whether its value is never sent
     */
    public static boolean isNeverSent(Method accessor) {
        return EventObject.class.isAssignableFrom(accessor.getDeclaringClass())
                && NEVER_SENT.contains(accessor.getName());
    }

    private static boolean isNeverSent(@Nullable AnnotatedMember member) {
        return member != null
                && (NEVER_SENT.contains(member.getName())
                        || FRAMEWORKS.stream()
                                .anyMatch(member.getDeclaringClass().getName()::startsWith));
    }

    private static final class Modifier extends ValueSerializerModifier {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> properties) {
            List<BeanPropertyWriter> sent = new ArrayList<>(properties);
            sent.removeIf(property -> property.getType().getRawClass().getName().equals(SPRINGS_TYPE)
                    || (isEvent(bean) && isNeverSent(property.getMember())));
            return sent;
        }

        @Override
        public BeanSerializerBuilder updateBuilder(
                SerializationConfig config, BeanDescription.Supplier bean, BeanSerializerBuilder builder) {
            if (isEvent(bean)) {
                removeFromProperties(builder);
                if (isNeverSent(bean.get().findAnyGetter())) {
                    builder.setAnyGetter(null);
                }
                if (isNeverSent(builder.getTypeId())) {
                    builder.setTypeId(null);
                }
            }
            return builder;
        }

        // Jackson adds the any-getter after changeProperties; both lists have the same order
        private static void removeFromProperties(BeanSerializerBuilder builder) {
            List<BeanPropertyWriter> sent = new ArrayList<>();
            List<BeanPropertyWriter> sentInViews = new ArrayList<>();
            BeanPropertyWriter[] inViews = builder.getFilteredProperties();
            for (int i = 0; i < builder.getProperties().size(); i++) {
                BeanPropertyWriter property = builder.getProperties().get(i);
                if (!isNeverSent(property.getMember())) {
                    sent.add(property);
                    if (inViews != null) {
                        sentInViews.add(inViews[i]);
                    }
                }
            }
            builder.setProperties(sent);
            if (inViews != null) {
                builder.setFilteredProperties(sentInViews.toArray(BeanPropertyWriter[]::new));
            }
        }

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
            return isEvent(bean) && !hasPropertiesToSend(bean.get(), serializer)
                    ? new RefusingSerializer(bean.getType(), NOTHING_TO_SEND)
                    : serializer;
        }

        // toString() of an EventObject contains its source
        private static boolean hasPropertiesToSend(BeanDescription bean, ValueSerializer<?> serializer) {
            if (isNeverSent(bean.findJsonValueAccessor()) || serializer instanceof ToStringSerializerBase) {
                return false;
            }
            boolean written = serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer;
            AnnotatedMember anyGetter = bean.findAnyGetter();
            return !written || serializer.properties().hasNext() || (anyGetter != null && !isNeverSent(anyGetter));
        }

        @Override
        public ValueSerializer<?> modifyKeySerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return isEvent(bean) ? new RefusingSerializer(type, NOTHING_TO_SEND) : serializer;
        }

        private static boolean isEvent(BeanDescription.Supplier bean) {
            return EventObject.class.isAssignableFrom(bean.getBeanClass());
        }
    }
}
