package com.lattestream.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import com.lattestream.asyncapi.application.Application;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.OfflineLatteStreamClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** An application with two clients, one of which is a mock. */
@SpringBootTest(classes = {Application.class, SeveralClientsTests.Clients.class})
class SeveralClientsTests {

    @Test
    void theDocumentNeedsNoClient(@Autowired ApplicationContext context, @Autowired LatteStreamClient mocked) {
        // metrics have asked it for its statistics
        clearInvocations(mocked);

        String document = AsyncApiDocument.of(context).toJson();

        assertThat(document).contains("private-order-{number}", "presence-lobby", "invoices", "prices-{symbol}");
        verifyNoInteractions(mocked);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Clients {

        @Bean
        @Primary
        LatteStreamClient mocked() {
            return mock();
        }

        @Bean
        LatteStreamClient other() {
            return new OfflineLatteStreamClient(null, JsonMapper.builder().build());
        }
    }
}
