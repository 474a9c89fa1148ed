package com.lattestream.spring.internal.broadcast;

import org.jspecify.annotations.Nullable;

/** A part of a template. Immutable. */
sealed interface TemplatePart {

    /** Returns the value of this part for an object. */
    @Nullable Object value(Object root);

    /** Returns the description of this part. */
    BroadcastDescription.Part description();

    /** Text that is the same for every object. */
    record Literal(String text) implements TemplatePart {

        @Override
        public String value(Object root) {
            return text;
        }

        @Override
        public BroadcastDescription.Part description() {
            return new BroadcastDescription.Text(text);
        }
    }

    /** <code>{property}</code>. */
    record Placeholder(PropertyPath path) implements TemplatePart {

        @Override
        public @Nullable Object value(Object root) {
            return path.get(root);
        }

        @Override
        public BroadcastDescription.Part description() {
            return new BroadcastDescription.Property(path.toString(), path.type());
        }

        @Override
        public String toString() {
            return "{" + path + "}";
        }
    }

    /** <code>#{expression}</code>. */
    record Computed(RootExpression expression) implements TemplatePart {

        @Override
        public @Nullable Object value(Object root) {
            return expression.value(root);
        }

        @Override
        public BroadcastDescription.Part description() {
            return new BroadcastDescription.Expression();
        }

        @Override
        public String toString() {
            return "#{" + expression + "}";
        }
    }
}
