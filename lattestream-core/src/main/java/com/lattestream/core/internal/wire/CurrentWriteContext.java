package com.lattestream.core.internal.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.FormatSchema;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TreeNode;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.tree.ArrayTreeNode;
import tools.jackson.core.tree.ObjectTreeNode;

/**
 * The context of a generator that writes several values. A generator keeps one context, but each value has its own, so
 * this context delegates to that of the current value. Not thread-safe.
 */
final class CurrentWriteContext implements ObjectWriteContext {

    private ObjectWriteContext current;

    CurrentWriteContext(ObjectWriteContext first) {
        this.current = first;
    }

    void use(ObjectWriteContext next) {
        current = next;
    }

    @Override
    public @Nullable FormatSchema getSchema() {
        return current.getSchema();
    }

    @Override
    public @Nullable CharacterEscapes getCharacterEscapes() {
        return current.getCharacterEscapes();
    }

    @Override
    public @Nullable PrettyPrinter getPrettyPrinter() {
        return current.getPrettyPrinter();
    }

    @Override
    public boolean hasPrettyPrinter() {
        return current.hasPrettyPrinter();
    }

    // the values are parts of different events
    @Override
    public @Nullable SerializableString getRootValueSeparator(@Nullable SerializableString defaultSeparator) {
        return null;
    }

    @Override
    public int getStreamWriteFeatures(int defaults) {
        return current.getStreamWriteFeatures(defaults);
    }

    @Override
    public int getFormatWriteFeatures(int defaults) {
        return current.getFormatWriteFeatures(defaults);
    }

    @Override
    public TokenStreamFactory tokenStreamFactory() {
        return current.tokenStreamFactory();
    }

    @Override
    public ArrayTreeNode createArrayNode() {
        return current.createArrayNode();
    }

    @Override
    public ObjectTreeNode createObjectNode() {
        return current.createObjectNode();
    }

    @Override
    public void writeValue(JsonGenerator generator, @Nullable Object value) {
        current.writeValue(generator, value);
    }

    @Override
    public void writeTree(JsonGenerator generator, @Nullable TreeNode tree) {
        current.writeTree(generator, tree);
    }
}
