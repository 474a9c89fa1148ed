package com.lattestream.asyncapi.internal.schema;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.DefaultSchemaDefinitionNamingStrategy;
import com.lattestream.core.internal.wire.EventObjectModule;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates JSON Schemas of types as a mapper writes them. The generator of schemas maintains the definitions, their names
 * and the references to them; {@link TypeSchemas} describes each type. Not thread-safe.
 */
public final class PayloadSchemas {

    private final JacksonTypes types;

    private final TypeSchemas typeSchemas;

    private final SchemaBuilder schemas;

    /**
     * Creates schemas.
     * @param jsonMapper the mapper that writes the data of events
     */
    public PayloadSchemas(JsonMapper jsonMapper) {
        JsonMapper dataMapper =
                jsonMapper.rebuild().addModule(new EventObjectModule()).build();
        this.types = new JacksonTypes(dataMapper.getTypeFactory());
        this.typeSchemas = new TypeSchemas(dataMapper._serializationContext(), types);
        // AsyncAPI's own schemas are a superset of draft 7
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                SchemaVersion.DRAFT_7, new OptionPreset(Option.DEFINITIONS_FOR_ALL_OBJECTS));
        config.forTypesInGeneral().withCustomDefinitionProvider(typeSchemas).withDefinitionNamingStrategy(new Names());
        this.schemas = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /**
     * Returns the schema of a type.
     * @param type the type
     * @return the schema, which may refer to definitions; complete after {@link #definitions}
     */
    public ObjectNode schema(ResolvableType type) {
        ObjectNode schema = schemas.createSchemaReference(types.of(types.of(type)));
        typeSchemas.complete();
        return schema;
    }

    /**
     * Returns the definitions to which the schemas refer, after all schemas have been created.
     * @param path the path of the definitions in the document
     * @return the definitions by name
     */
    public ObjectNode definitions(String path) {
        return schemas.collectDefinitions(path);
    }

    /** Names of definitions that are valid as keys of AsyncAPI's components: generic types have brackets. */
    private static final class Names extends DefaultSchemaDefinitionNamingStrategy {

        @Override
        public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
            return super.getDefinitionNameForKey(key, context)
                    .replaceAll("[^A-Za-z0-9._-]+", "-")
                    .replaceAll("-+$", "");
        }
    }
}
