package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.AnnotatedClassScanner;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * The events of a {@code @Broadcast} annotation, as a contract with subscribers describes them.
 *
 * @param location the location of the annotation, for messages
 * @param channels the templates of the channels
 * @param event the template of the event's name
 * @param payload the type of the data
 */
public record BroadcastDescription(
        String location, List<List<Part>> channels, List<Part> event, ResolvableType payload) {

    /**
     * Describes the broadcasts of an application: those of the classes in its packages, and of the methods of its beans
     * and those of ancestors. An abstract class is described by its subclasses.
     * @param context the application context
     * @return the descriptions; none if broadcasts are disabled
     * @throws InvalidBroadcastException if an annotation cannot be used
     */
    public static List<BroadcastDescription> findAll(ConfigurableApplicationContext context) {
        List<BroadcastDescription> found = new ArrayList<>();
        boolean enabled = false;
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            if (each instanceof ConfigurableApplicationContext own
                    && each.getBeanNamesForType(BroadcastValidator.class, false, false).length > 0) {
                enabled = true;
                addMethods(own, found);
            }
        }
        if (enabled) {
            addClasses(context, found);
        }
        return found;
    }

    private static void addClasses(ConfigurableApplicationContext context, List<BroadcastDescription> found) {
        BroadcastDefinitionRegistry definitions = new BroadcastDefinitionRegistry();
        for (Class<?> type : AnnotatedClassScanner.findAll(List.of(Broadcast.class), context)) {
            if (!Modifier.isAbstract(type.getModifiers())) {
                definitions
                        .find(type)
                        .ifPresent(definition -> found.add(definition.describe(ResolvableType.forClass(type))));
            }
        }
    }

    private static void addMethods(ConfigurableApplicationContext context, List<BroadcastDescription> found) {
        BroadcastMethodScanner.find(context.getBeanFactory())
                .forEach(method -> found.add(method.definition().describe(method.type())));
    }

    /** A part of a template. */
    public sealed interface Part {}

    /**
     * Constant text.
     *
     * @param text the text
     */
    public record Text(String text) implements Part {}

    /**
     * A property of the object.
     *
     * @param path the names of the properties, separated by dots
     * @param type the type of the value
     */
    public record Property(String path, Class<?> type) implements Part {}

    /** The result of an expression. */
    public record Expression() implements Part {}
}
