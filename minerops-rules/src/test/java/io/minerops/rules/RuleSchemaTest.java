package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.minerops.core.alert.RuleTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleSchemaTest {
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RuleSchema.of(RuleTypes.standard()));

    /** Files that are YAML, so that they can be held against a schema at all. */
    static Stream<BadFile> badFiles() {
        return BadFile.in("bad")
                .filter(file -> !List.of("syntax.yaml", "aliases.yaml").contains(file.name()));
    }

    @Test
    void it_is_itself_a_schema() throws IOException {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(new ObjectMapper().readTree(RuleSchema.of(RuleTypes.standard()))))
                .isEmpty();
    }

    @Test
    void the_example_and_an_export_are_valid() throws IOException {
        String example = Files.readString(Path.of("../docs/examples/rules.yaml"));
        String exported = RuleExport.masked()
                .toYaml(RuleFile.parse(
                                "rules.yaml",
                                example,
                                RuleContext.standard().withEnvironment(name -> "https://hooks.example.com/" + name))
                        .rules());

        assertThat(schema.validate(json(example))).isEmpty();
        assertThat(schema.validate(json(exported))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void what_is_refused_is_not_valid_either(BadFile file) {
        List<?> errors = schema.validate(json(file.text()));

        assertThat(errors.isEmpty()).as("%s", errors).isEqualTo(file.schemaAccepts());
    }

    /** A YAML text as the JSON that an editor would hold against the schema. */
    private static JsonNode json(String yaml) {
        return json(Objects.requireNonNull(YamlReader.read(yaml, new Problems("file"))));
    }

    private static JsonNode json(DocumentNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof DocumentNode.Items list) {
            ArrayNode array = json.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        } else if (node instanceof DocumentNode.Fields fields) {
            ObjectNode object = json.objectNode();
            fields.fields().forEach(field -> object.set(field.name(), json(field.value())));
            return object;
        }
        DocumentNode.Scalar scalar = (DocumentNode.Scalar) node;
        return switch (scalar.kind()) {
            case TEXT -> json.textNode(scalar.text());
            case NUMBER -> json.numberNode(number(scalar.text()));
            case FLAG -> json.booleanNode(scalar.text().equals("true"));
            case NOTHING -> json.nullNode();
        };
    }

    /** What JSON cannot say is any number to the schema. */
    private static double number(String text) {
        return text.matches("[-+0-9.eE]+") && !text.equals(".") ? Double.parseDouble(text) : 1;
    }
}
