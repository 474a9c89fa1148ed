package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Modifier;
import org.springframework.core.ResolvableType;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BooleanLiteral;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;

/** The condition under which an object is broadcast. Thread-safe. */
final class BroadcastCondition {

    private final RootExpression expression;

    private BroadcastCondition(RootExpression expression) {
        this.expression = expression;
    }

    /**
     * Parses a condition.
     * @throws IllegalArgumentException if the text is not an expression, or does not match the type
     */
    static BroadcastCondition of(String text, ResolvableType type) {
        String shown = "the condition \"" + text + "\"";
        RootExpression expression = RootExpression.of(text, shown, type);
        if (!mayBeBoolean(expression.node(), type)) {
            throw new IllegalArgumentException(shown + " is not a boolean");
        }
        return new BroadcastCondition(expression);
    }

    // as far as the type is known; Spring converts text
    private static boolean mayBeBoolean(SpelNode node, ResolvableType root) {
        if (node instanceof Literal) {
            return node instanceof BooleanLiteral;
        }
        if (!(node instanceof PropertyOrFieldReference reference)) {
            return true;
        }
        Class<?> type;
        try {
            type = PropertyPath.of(reference.getName(), root).type();
        } catch (IllegalArgumentException ex) {
            // for example a public field, or a property of a subclass
            return true;
        }
        return type == boolean.class
                || type == Boolean.class
                || type == Object.class
                || CharSequence.class.isAssignableFrom(type)
                || (!type.isPrimitive() && !type.isArray() && Modifier.isAbstract(type.getModifiers()));
    }

    /**
     * Returns whether the object is broadcast. As with {@code @EventListener}, null means false.
     * @throws IllegalArgumentException if the condition cannot be evaluated
     */
    boolean matches(Object source) {
        try {
            return Boolean.TRUE.equals(expression.value(source, Boolean.class));
        } catch (EvaluationException ex) {
            throw new IllegalArgumentException(
                    "the condition \"" + expression + "\" cannot be evaluated: " + ex.getMessage(), ex);
        }
    }
}
