package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelSubscription;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Converts the text of a variable to the type of its parameter. The value must convert back to the same text: if
 * {@code 7}, {@code 07} and {@code 0x7} were all accepted, a user who may subscribe to {@code private-order-7} could
 * subscribe to any number of channels on which no event is ever triggered.
 */
final class VariableArgumentResolver implements ChannelAuthorizerArgumentResolver {

    private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

    private final ConversionService conversion;

    private final String name;

    private final TypeDescriptor type;

    private VariableArgumentResolver(ConversionService conversion, String name, TypeDescriptor type) {
        this.conversion = conversion;
        this.name = name;
        this.type = type;
    }

    /**
     * Creates a resolver.
     * @throws InvalidChannelAuthorizerException if there is no converter to the parameter's type, or no converter back
     */
    static VariableArgumentResolver of(
            Method method, MethodParameter parameter, String name, ConversionService conversion) {
        TypeDescriptor type = new TypeDescriptor(parameter);
        if (!conversion.canConvert(STRING, type)) {
            throw new InvalidChannelAuthorizerException(
                    method,
                    "its parameter '" + name + "' is a "
                            + parameter.getParameterType().getName() + ", for which there is no converter from String");
        }
        if (!conversion.canConvert(type, STRING)) {
            throw new InvalidChannelAuthorizerException(
                    method,
                    "its parameter '" + name + "' is a "
                            + parameter.getParameterType().getName()
                            + ", for which there is no converter to String, so that two channel names may have the same"
                            + " value");
        }
        return new VariableArgumentResolver(conversion, name, type);
    }

    @Override
    public Object resolve(ChannelSubscription subscription, Map<String, String> variables)
            throws UnresolvableArgumentException {
        String text = Objects.requireNonNull(variables.get(name));
        Object value = convert(text, STRING, type);
        if (value == null) {
            throw new UnresolvableArgumentException("{" + name + "} has no value");
        }
        if (!text.equals(convert(value, type, STRING))) {
            throw new UnresolvableArgumentException("{" + name + "} is not the canonical text of a "
                    + type.getType().getSimpleName());
        }
        return value;
    }

    private @Nullable Object convert(Object source, TypeDescriptor from, TypeDescriptor to)
            throws UnresolvableArgumentException {
        try {
            return conversion.convert(source, from, to);
        } catch (ConversionException ex) {
            throw new UnresolvableArgumentException(
                    "{" + name + "} is not a " + type.getType().getSimpleName());
        }
    }
}
