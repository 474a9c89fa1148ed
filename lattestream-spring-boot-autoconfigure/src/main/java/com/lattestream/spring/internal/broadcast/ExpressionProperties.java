package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Elvis;
import org.springframework.expression.spel.ast.Operator;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Ternary;
import org.springframework.util.ReflectionUtils;

/** Looks whether the properties of its root that an expression names are there, as far as that can be told. */
final class ExpressionProperties {

    private ExpressionProperties() {}

    static void require(SpelNode node, ResolvableType type) {
        if (node instanceof PropertyOrFieldReference reference) {
            require(reference.getName(), type);
        } else if (node instanceof CompoundExpression) {
            // what follows is about whatever this yields
            require(node.getChild(0), type);
        } else if (node instanceof Operator || node instanceof Ternary || node instanceof Elvis) {
            for (int i = 0; i < node.getChildCount(); i++) {
                require(node.getChild(i), type);
            }
        }
    }

    private static void require(String name, ResolvableType type) {
        Class<?> owner = type.resolve(Object.class);
        // a type that can have properties which it does not declare
        if (owner.isInterface() || Modifier.isAbstract(owner.getModifiers()) || owner == Object.class) {
            return;
        }
        Field field = ReflectionUtils.findField(owner, name);
        if (field == null || !Modifier.isPublic(field.getModifiers())) {
            PropertyPath.of(name, type);
        }
    }
}
