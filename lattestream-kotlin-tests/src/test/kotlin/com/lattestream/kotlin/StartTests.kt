package com.lattestream.kotlin

import com.lattestream.spring.auth.ChannelAuthorizer
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration
import com.lattestream.spring.boot.autoconfigure.broadcast.LatteStreamBroadcastAutoConfiguration
import com.lattestream.spring.broadcast.Broadcast
import com.lattestream.test.RecordingLatteStreamTemplate
import com.lattestream.test.LatteStreamAssertions
import java.security.Principal
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration
import org.springframework.boot.test.context.runner.WebApplicationContextRunner
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.stereotype.Service

/** Code in Kotlin that the starter refuses at startup, and what it cannot see until an event is published. */
class StartTests {

    private val runner =
        WebApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    JacksonAutoConfiguration::class.java,
                    WebMvcAutoConfiguration::class.java,
                    DispatcherServletAutoConfiguration::class.java,
                    LatteStreamAutoConfiguration::class.java,
                    LatteStreamAuthAutoConfiguration::class.java,
                    LatteStreamBroadcastAutoConfiguration::class.java,
                ),
            )
            .withPropertyValues("lattestream.mode=none")

    @Test
    fun `a suspend function is no authorizer`() {
        assertFails(SuspendingAuthorizer::class.java, "SuspendingAuthorizer.mayFollow(...)", "it is a suspend function")
    }

    @Test
    fun `a suspend function is not broadcast`() {
        assertFails(SuspendingBroadcast::class.java, "SuspendingBroadcast.change(...)", "the method is a suspend function")
    }

    @Test
    fun `a final class is not proxied`() {
        assertFails(FinalConfiguration::class.java, "FinalPrices.change(...)", "the class is final")
    }

    @Test
    fun `an inline value class hides its property`() {
        assertFails(InvoicesOfValueClass::class.java, "InvoicesOfValueClass.pay(...)", "has no property 'id'")
    }

    @Test
    fun `the property of a Boolean has the name of Java in templates`() {
        assertFails(
            KotlinNames::class.java,
            "KotlinNames.change(...)",
            "has no property 'isUrgent'; it has urgent",
        )
    }

    private fun assertFails(configuration: Class<*>, vararg message: String) {
        runner.withUserConfiguration(configuration).run { context ->
            assertThat(context.startupFailure).isNotNull()
            message.forEach { assertThat(context.startupFailure).hasStackTraceContaining(it) }
        }
    }

    @Test
    fun `a template of one's own does not know the naming of Kotlin`() {
        val recording = RecordingLatteStreamTemplate()

        recording.trigger("orders", "shipped", OrderShipped(7, "bike", true))

        LatteStreamAssertions.assertThat(recording)
            .hasTriggeredContaining("orders", "shipped", mapOf("express" to true))
    }

    class SuspendingAuthorizer {

        @ChannelAuthorizer("private-order-{orderId}")
        suspend fun mayFollow(user: Principal, orderId: Long): Boolean = user.name == "alice" && orderId == 7L
    }

    @Service
    class SuspendingBroadcast {

        @Broadcast(channel = ["prices"], event = "price")
        suspend fun change(cents: Long) = mapOf("cents" to cents)
    }

    @Configuration(proxyBeanMethods = false)
    class FinalConfiguration {

        @Bean fun prices() = FinalPrices()
    }

    class FinalPrices {

        @Broadcast(channel = ["prices"], event = "price") fun change(cents: Long) = Price(cents)
    }

    data class Price(val cents: Long)

    @JvmInline value class InvoiceId(val value: Long)

    data class Invoice(val id: InvoiceId)

    @Service
    class InvoicesOfValueClass {

        @Broadcast(channel = ["private-invoice-{id}"], event = "paid")
        fun pay(id: Long) = Invoice(InvoiceId(id))
    }

    data class Notice(val isUrgent: Boolean)

    @Service
    class KotlinNames {

        @Broadcast(channel = ["notices"], event = "notice-{isUrgent}") fun change() = Notice(true)
    }
}
