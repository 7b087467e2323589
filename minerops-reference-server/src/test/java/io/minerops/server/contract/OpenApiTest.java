package io.minerops.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.minerops.server.http.Route;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The description and the routes of a running server, in both directions. */
class OpenApiTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    private static final Set<String> BESIDE_API = Set.of("/healthz", "/readyz", "/metrics", "/openapi.json");
    private static final String WHERE = "src/main/resources/io/minerops/server/openapi/*.yaml: ";

    private final Description description = Description.served();

    /** Whether a route is one of the interface; the others are pages and what they are made of. */
    private static boolean isDescribed(Route route) {
        return route.path().startsWith("/api/") || BESIDE_API.contains(route.path());
    }

    private static String name(Route route) {
        return route.method() + " " + route.path().replace(":id}", "}");
    }

    private static Map<String, Route> routes() {
        return SERVER.server().routes().stream()
                .filter(OpenApiTest::isDescribed)
                .collect(Collectors.toMap(OpenApiTest::name, route -> route, (a, b) -> a, TreeMap::new));
    }

    @Test
    void every_route_of_the_interface_is_described_and_every_description_has_a_route() {
        Set<String> described = description.operations().stream()
                .map(Operation::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> wrong = new ArrayList<>();
        routes().keySet().stream()
                .filter(route -> !described.contains(route))
                .forEach(route -> wrong.add(WHERE + "add " + route
                        + " below paths of the file of its feature, with summary, parameters, body and answers"));
        described.stream()
                .filter(operation -> !routes().containsKey(operation))
                .forEach(operation -> wrong.add(WHERE + "take out " + operation + ", which no route answers"));

        assertThat(wrong).isEmpty();
    }

    @Test
    void what_is_not_described_is_a_page_or_a_part_of_one() {
        assertThat(SERVER.server().routes())
                .filteredOn(route -> !isDescribed(route))
                .allSatisfy(route -> assertThat(route.path())
                        .as(
                                "a path that is neither below /api/ nor a page: name it in OpenApiTest.BESIDE_API and describe"
                                        + " it")
                        .matches("/|/login|/dashboard(/.*)?|/assets/.*|/favicon\\.ico"));
    }

    @Test
    void queries_bodies_and_rights_are_those_of_the_routes() {
        List<String> wrong = new ArrayList<>();
        for (Operation operation : description.operations()) {
            Route route = routes().get(operation.toString());
            if (route == null) {
                continue;
            }
            compare(wrong, operation, "query parameters", route.query(), operation.queryNames());
            compare(wrong, operation, "fields of the body", route.bodyFields(), operation.bodyNames());
            if (route.bodyRequired() != operation.bodyRequired()) {
                wrong.add(WHERE + operation + ": requestBody.required must be " + route.bodyRequired());
            }
            if (route.open() != operation.open()) {
                wrong.add(WHERE + operation + ": security must " + (route.open() ? "be []" : "be left out")
                        + ", as the route " + (route.open() ? "requires no token" : "requires a token"));
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static void compare(
            List<String> wrong, Operation operation, String what, Set<String> known, Set<String> described) {
        Set<String> missing = new TreeSet<>(known);
        missing.removeAll(described);
        if (!missing.isEmpty()) {
            wrong.add(WHERE + operation + ": add the " + what + " " + missing + ", which the route knows");
        }
        Set<String> more = new TreeSet<>(described);
        more.removeAll(known);
        if (!more.isEmpty()) {
            wrong.add(WHERE + operation + ": take out the " + what + " " + more + ", which the route refuses");
        }
    }

    @Test
    void path_variables_are_those_of_the_path() {
        assertThat(description.operations()).allSatisfy(operation -> {
            Set<String> variables = new TreeSet<>();
            java.util.regex.Pattern.compile("\\{(\\w+)}")
                    .matcher(operation.path())
                    .results()
                    .forEach(found -> variables.add(found.group(1)));
            assertThat(operation.parameters("path"))
                    .as("%s", operation)
                    .extracting(parameter -> parameter.path("name").textValue())
                    .containsExactlyInAnyOrderElementsOf(variables);
        });
    }

    @Test
    void it_is_a_valid_document_of_openapi_3_1() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(
                        ids -> ids.mapPrefix("https://spec.openapis.org", "classpath:spec.openapis.org")));
        Schema meta = registry.getSchema(SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/2022-10-07"));

        assertThat(meta.validate(description.document())).isEmpty();
        var broken = description.document().deepCopy();
        broken.withObjectProperty("info").remove("title");
        assertThat(meta.validate(broken)).isNotEmpty();
        var badSchema = description.document().deepCopy();
        badSchema.withObject("/components/schemas/Ok").put("type", "wrong");
        assertThat(meta.validate(badSchema)).isNotEmpty();
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        Set<String> targets = new TreeSet<>();
        description.document().findValues("$ref").forEach(reference -> targets.add(reference.textValue()));

        assertThat(targets)
                .allSatisfy(target -> assertThat(
                                description.document().at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse());
        for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
            assertThat(description.document().path("components").path(kind).propertyStream())
                    .extracting(Map.Entry::getKey)
                    .allSatisfy(name -> assertThat(targets).contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void operations_have_distinct_names_a_feature_and_a_summary() {
        List<String> features = description.document().path("tags").findValuesAsText("name");

        assertThat(description.operations())
                .extracting(operation -> operation.node().path("operationId").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(description.operations()).allSatisfy(operation -> {
            assertThat(operation.node().path("tags")).as("%s", operation).hasSize(1);
            assertThat(features).contains(operation.node().path("tags").path(0).asText());
            assertThat(operation.node().path("summary").asText()).isNotBlank();
        });
    }

    @Test
    void it_is_served_to_everybody_once_for_each_version() {
        Answer first = SERVER.client().get("/openapi.json");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Content-Type")).isEqualTo("application/json");
        assertThat(first.json()).isEqualTo((JsonNode) description.document());
        assertThat(SERVER.client()
                        .with("If-None-Match", first.header("ETag"))
                        .get("/openapi.json")
                        .status())
                .isEqualTo(304);
    }
}
