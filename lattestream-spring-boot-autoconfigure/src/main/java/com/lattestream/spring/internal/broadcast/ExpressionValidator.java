package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Elvis;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Operator;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Ternary;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.util.ReflectionUtils;

/** Checks that the names in an expression exist, as far as the type is known. */
final class ExpressionValidator {

    private ExpressionValidator() {}

    /**
     * Checks an expression.
     * @throws IllegalArgumentException if a variable, or a property or method of the root, does not exist
     */
    static void require(SpelNode node, ResolvableType type) {
        requireOnlyTheRoot(node);
        requireMembers(node, type);
    }

    // an unknown variable is null, so a condition with one would be false without an error
    private static void requireOnlyTheRoot(SpelNode node) {
        if (node instanceof VariableReference || node instanceof FunctionReference) {
            String name = node.toStringAST();
            if (!name.equals("#root") && !name.equals("#this")) {
                throw new IllegalArgumentException("there is no " + name
                        + "; the object is the root of the expression, so that its properties are named directly");
            }
        }
        if (node instanceof BeanReference) {
            throw new IllegalArgumentException("beans such as " + node.toStringAST() + " cannot be used");
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            requireOnlyTheRoot(node.getChild(i));
        }
    }

    private static void requireMembers(SpelNode node, ResolvableType type) {
        if (node instanceof PropertyOrFieldReference reference) {
            requireProperty(reference.getName(), type);
        } else if (node instanceof MethodReference reference) {
            requireMethod(reference.getName(), type);
        } else if (node instanceof CompoundExpression) {
            // the following members belong to the result
            boolean root = node.getChild(0) instanceof VariableReference;
            requireMembers(node.getChild(root ? 1 : 0), type);
        } else if (node instanceof Operator
                || node instanceof OperatorNot
                || node instanceof Ternary
                || node instanceof Elvis) {
            for (int i = 0; i < node.getChildCount(); i++) {
                requireMembers(node.getChild(i), type);
            }
        }
    }

    private static void requireProperty(String name, ResolvableType type) {
        Class<?> owner = type.resolve(Object.class);
        if (mayHaveMore(owner)) {
            return;
        }
        Field field = ReflectionUtils.findField(owner, name);
        if (field == null || !Modifier.isPublic(field.getModifiers())) {
            PropertyPath.of(name, type);
        }
    }

    private static void requireMethod(String name, ResolvableType type) {
        Class<?> owner = type.resolve(Object.class);
        if (mayHaveMore(owner)) {
            return;
        }
        for (var method : owner.getMethods()) {
            if (method.getName().equals(name)) {
                return;
            }
        }
        for (var method : ReflectionUtils.getUniqueDeclaredMethods(owner)) {
            if (method.getName().equals(name)) {
                return;
            }
        }
        throw new IllegalArgumentException(owner.getName() + " has no method '" + name + "'");
    }

    // a subclass can have members that the type does not declare
    private static boolean mayHaveMore(Class<?> owner) {
        return owner.isInterface() || Modifier.isAbstract(owner.getModifiers()) || owner == Object.class;
    }
}
