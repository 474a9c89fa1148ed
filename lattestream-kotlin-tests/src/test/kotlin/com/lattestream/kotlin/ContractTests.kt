package com.lattestream.kotlin

import com.lattestream.asyncapi.AsyncApiDocument
import com.lattestream.spring.ChannelEvent
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.context.ApplicationContext
import org.springframework.test.context.TestConstructor
import tools.jackson.databind.JsonNode
import tools.jackson.databind.json.JsonMapper

/** An event of which some properties may be null. */
@ChannelEvent(channel = "product-{productId}", event = "described")
data class Description(val title: String, val subtitle: String?, val weight: Int?, val seller: Seller?) {

    data class Seller(val name: String)
}

/** The AsyncAPI document of an application in Kotlin. */
@SpringBootTest(properties = ["lattestream.mode=none", "lattestream.secret=lsk_c2VjcmV0"])
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ContractTests(private val context: ApplicationContext) {

    @Test
    fun `properties of nullable types may be null`() {
        val properties = schema("Description")["properties"]

        assertThat(properties["title"]).isEqualTo(json("""{"type": "string"}"""))
        assertThat(properties["subtitle"]).isEqualTo(json("""{"type": ["string", "null"]}"""))
        assertThat(properties["weight"]["type"]).isEqualTo(json("""["integer", "null"]"""))
        assertThat(properties["seller"]["anyOf"]).contains(json("""{"type": "null"}"""))
    }

    @Test
    fun `the properties of a data class have the names that Jackson's Kotlin module writes`() {
        assertThat(schema("OrderShipped")["properties"].propertyNames().toList())
            .containsExactlyInAnyOrder("orderId", "carrier", "isExpress", "label")
    }

    private fun schema(name: String): JsonNode =
        json(AsyncApiDocument.of(context).toJson())["components"]["schemas"][name]

    private fun json(text: String): JsonNode = JsonMapper.shared().readTree(text)
}
