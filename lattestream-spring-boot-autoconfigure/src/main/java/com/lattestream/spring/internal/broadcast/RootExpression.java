package com.lattestream.spring.internal.broadcast;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** An expression in Spring's language with the event or the returned object as its root. Thread-safe. */
final class RootExpression {

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private final SpelExpression expression;

    private RootExpression(SpelExpression expression) {
        this.expression = expression;
    }

    /**
     * Parses an expression, and checks the names in it as far as the type is known.
     * @param text the expression
     * @param shown the expression as shown in messages
     * @param type the type of the root
     * @throws IllegalArgumentException if the text is not an expression, or contains a name that does not exist
     */
    static RootExpression of(String text, String shown, ResolvableType type) {
        SpelExpression expression;
        try {
            expression = PARSER.parseRaw(text);
        } catch (ParseException | IllegalArgumentException | IllegalStateException ex) {
            throw new IllegalArgumentException(shown + " is not a valid expression: " + ex.getMessage());
        }
        try {
            ExpressionValidator.require(expression.getAST(), type);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(shown + " cannot be resolved: " + ex.getMessage());
        }
        return new RootExpression(expression);
    }

    @Nullable Object value(Object root) {
        return expression.getValue(new StandardEvaluationContext(root));
    }

    <T> @Nullable T value(Object root, Class<T> type) {
        return expression.getValue(new StandardEvaluationContext(root), type);
    }

    SpelNode node() {
        return expression.getAST();
    }

    @Override
    public String toString() {
        return expression.getExpressionString();
    }
}
