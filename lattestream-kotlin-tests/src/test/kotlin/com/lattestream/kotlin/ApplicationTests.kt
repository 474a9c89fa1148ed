package com.lattestream.kotlin

import com.lattestream.core.PresenceMember
import com.lattestream.test.EmbeddedLatteStream
import com.lattestream.test.EmbeddedLatteStreamServer
import com.lattestream.test.LatteStreamAssertions
import com.lattestream.test.TestSubscriber
import java.security.Principal
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.context.ApplicationEventPublisher
import org.springframework.http.MediaType
import org.springframework.test.context.TestConstructor
import org.springframework.test.web.servlet.assertj.MockMvcTester
import org.springframework.web.context.WebApplicationContext

/** The application of docs/kotlin.md, with the local engine. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EmbeddedLatteStream
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ApplicationTests(
    private val engine: EmbeddedLatteStreamServer,
    private val events: ApplicationEventPublisher,
    private val context: WebApplicationContext,
) {

    @Test
    fun `a data class is broadcast with its delegated property and its Boolean`() {
        events.publishEvent(OrderShipped(7, "bike", true))

        LatteStreamAssertions.assertThat(engine)
            .eventually()
            .hasTriggeredJson(
                "private-order-7",
                "shipped",
                """{"orderId": 7, "carrier": "bike", "isExpress": true, "label": "bike 7"}""",
            )
    }

    @Test
    fun `a map is triggered`() {
        context.getBean(OrderController::class.java).shipped(8)

        LatteStreamAssertions.assertThat(engine)
            .eventually()
            .hasTriggered("orders", "shipped", mapOf("id" to 8, "carrier" to "bike"))
    }

    @Test
    fun `the result of an open method is broadcast`() {
        context.getBean(Prices::class.java).change(1, 200)

        LatteStreamAssertions.assertThat(engine)
            .eventually()
            .hasTriggered("product-1", "price", mapOf("productId" to 1, "cents" to 200))
    }

    @Test
    fun `a coroutine awaits the result`() {
        val reports = context.getBean(Reports::class.java)

        val result = runBlocking { reports.publish(3) }

        assertThat(result.channels()).containsExactly("reports")
        LatteStreamAssertions.assertThat(engine).hasTriggered("reports", "page-ready", mapOf("page" to 3))
        assertThat(runBlocking { reports.readers() }).isEmpty()
    }

    @ParameterizedTest
    @CsvSource(
        "private-order-7, 200",
        "private-order-8, 403",
        "presence-room-7, 200",
        "presence-room-closed, 403",
        "private-invoice-8, 200",
        "private-invoice-7, 403",
    )
    fun `authorizers return a Boolean, a nullable member, or a future`(channel: String, status: Int) {
        val response =
            MockMvcTester.from(context)
                .post()
                .uri("/auth")
                .principal(Principal { "alice" })
                .contentType(MediaType.APPLICATION_JSON)
                .content("""{"socket_id": "1.1", "channel_name": "$channel"}""")
                .exchange()

        response.assertThat().hasStatus(status)
    }

    @Test
    fun `listeners receive webhooks, also as suspend functions`() {
        TestSubscriber.connect(engine).use { alice ->
            alice.subscribe("presence-lobby", PresenceMember.of("alice"))

            await().untilAsserted {
                assertThat(context.getBean(Visitors::class.java).lines).contains("alice has joined presence-lobby")
                assertThat(context.getBean(Audit::class.java).channels).contains("presence-lobby")
            }
        }
    }
}
