package com.lattestream.spring.internal.broadcast;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** A piece of a template. Immutable. */
sealed interface TemplatePart {

    /** Returns what it stands for. */
    @Nullable Object value(Object root);

    /** What is the same for every object. */
    record Literal(String text) implements TemplatePart {

        @Override
        public String value(Object root) {
            return text;
        }
    }

    /** <code>{property}</code>. */
    record Placeholder(PropertyPath path) implements TemplatePart {

        @Override
        public @Nullable Object value(Object root) {
            return path.get(root);
        }

        @Override
        public String toString() {
            return "{" + path + "}";
        }
    }

    /** <code>#{expression}</code>. */
    record Computed(Expression expression) implements TemplatePart {

        @Override
        public @Nullable Object value(Object root) {
            return expression.getValue(new StandardEvaluationContext(root));
        }

        @Override
        public String toString() {
            return "#{" + expression.getExpressionString() + "}";
        }
    }
}
