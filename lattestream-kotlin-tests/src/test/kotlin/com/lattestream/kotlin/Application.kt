package com.lattestream.kotlin

import com.lattestream.core.LatteStreamTemplate
import com.lattestream.core.PresenceMember
import com.lattestream.core.TriggerResult
import com.lattestream.core.webhook.WebhookEvent
import com.lattestream.spring.LatteStreamClientBuilderCustomizer
import com.lattestream.spring.auth.ChannelAuthorizer
import com.lattestream.spring.auth.PresenceMemberResolver
import com.lattestream.spring.broadcast.Broadcast
import java.security.Principal
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.future.await
import kotlinx.coroutines.future.future
import kotlinx.coroutines.withContext
import org.springframework.beans.factory.annotation.Value
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.context.event.EventListener
import org.springframework.stereotype.Component
import org.springframework.stereotype.Service
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RestController

/** The application of docs/kotlin.md. */
@SpringBootApplication
class Application

@RestController
class OrderController(private val latteStream: LatteStreamTemplate) {

    @PostMapping("/orders/{id}/shipped")
    fun shipped(@PathVariable id: Long) {
        latteStream.trigger("orders", "shipped", mapOf("id" to id, "carrier" to "bike"))
    }
}

@Broadcast(channel = ["private-order-{orderId}"], event = "shipped")
data class OrderShipped(val orderId: Long, val carrier: String, val isExpress: Boolean) {

    val label by lazy { "$carrier $orderId" }
}

@Service
class Prices {

    @Broadcast(channel = ["product-{productId}"], event = "price")
    fun change(productId: Long, cents: Long) = Price(productId, cents)

    data class Price(val productId: Long, val cents: Long)
}

@Component
class OrderChannels(private val orders: Orders) {

    @ChannelAuthorizer("private-order-{orderId}")
    fun mayFollow(user: Principal, orderId: Long): Boolean = orders.isOwnedBy(orderId, user.name)

    @ChannelAuthorizer("presence-room-{room}")
    fun mayEnter(user: Principal, room: String): PresenceMember? =
        if (room == "closed") null else PresenceMember.of(user.name, mapOf("room" to room))
}

@Service
class Orders {

    fun isOwnedBy(orderId: Long, user: String) = orderId == 7L && user == "alice"
}

@Component
class InvoiceChannels {

    private val scope = CoroutineScope(Dispatchers.Default)

    @ChannelAuthorizer("private-invoice-{invoiceId}")
    fun mayFollow(user: Principal, invoiceId: Long): CompletableFuture<Boolean> =
        scope.future { isPayer(user.name, invoiceId) }

    private suspend fun isPayer(user: String, invoiceId: Long): Boolean {
        delay(1)
        return user == "alice" && invoiceId == 8L
    }
}

@Service
class Reports(private val latteStream: LatteStreamTemplate) {

    suspend fun publish(page: Int): TriggerResult =
        latteStream.trigger("reports", "page-ready", mapOf("page" to page)).await()

    suspend fun readers(): List<String> =
        withContext(Dispatchers.IO) { latteStream.getUsers("presence-reports").map { it.id() } }
}

@Component
class Visitors {

    val lines = ConcurrentLinkedQueue<String>()

    @EventListener
    fun on(event: WebhookEvent) {
        lines += when (event) {
            is WebhookEvent.MemberAdded -> "${event.userId()} has joined ${event.channel()}"
            is WebhookEvent.MemberRemoved -> "${event.userId()} has left ${event.channel()}"
            else -> event.name()
        }
    }
}

@Component
class Audit {

    val channels = ConcurrentLinkedQueue<String>()

    @EventListener
    suspend fun on(event: WebhookEvent.ChannelOccupied) {
        delay(1)
        channels += event.channel()
    }
}

@Configuration(proxyBeanMethods = false)
class LatteStreamConfiguration {

    @Bean
    fun smallPool(@Value("\${pool.size:4}") size: Int) =
        LatteStreamClientBuilderCustomizer { it.maxConnections(size).timeout(Duration.ofSeconds(10)) }

    @Bean
    fun members() = PresenceMemberResolver { PresenceMember.of(it.user().name, mapOf("online" to true)) }
}
