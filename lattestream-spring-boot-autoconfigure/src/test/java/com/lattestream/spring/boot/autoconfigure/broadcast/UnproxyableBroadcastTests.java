package com.lattestream.spring.boot.autoconfigure.broadcast;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.RecordingLatteStreamTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Beans whose calls no proxy can intercept are refused rather than ignored. */
@ExtendWith(OutputCaptureExtension.class)
class UnproxyableBroadcastTests {

    private void assertThatStartFails(
            CapturedOutput output, Class<?> application, String place, String reason, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--lattestream.mode=none";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(application)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .run(all));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("On: " + place + ".place(...)")
                .contains(reason)
                .doesNotContain("\tat ");
    }

    @Test
    void aFinalClassStopsTheStart(CapturedOutput output) {
        assertThatStartFails(output, FinalClass.class, FinalOrders.class.getName(), "the class is final");
    }

    @Test
    void aFinalClassOfALazyBeanStopsTheStart(CapturedOutput output) {
        assertThatStartFails(output, LazyFinalClass.class, FinalOrders.class.getName(), "the class is final");
    }

    @Test
    void aFinalClassWithAnInterfaceStopsTheStartIfClassesAreProxied(CapturedOutput output) {
        assertThatStartFails(output, FinalWithInterface.class, FinalPlacing.class.getName(), "the class is final");
    }

    @Test
    void aMethodThatTheProxiedInterfacesDoNotDeclareStopsTheStart(CapturedOutput output) {
        assertThatStartFails(
                output,
                Hidden.class,
                HiddenPlacing.class.getName(),
                "none of which declares the method",
                "--spring.aop.proxy-target-class=false");
    }

    @Test
    void aFinalMethodStopsTheStart(CapturedOutput output) {
        assertThatStartFails(output, FinalMethod.class, FinalMethodOrders.class.getName(), "the method is final");
    }

    @Test
    void aFinalClassIsProxiedByItsInterface() {
        RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
                .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
                .withUserConfiguration(FinalWithInterface.class, LambdaBean.class)
                .withPropertyValues("lattestream.mode=none", "spring.aop.proxy-target-class=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean("finalPlacing", Placing.class).place(7);
                    context.getBean(Marked.class).place(8);
                });

        assertThat(latteStream).hasTriggered("placed-7", "Order").hasTriggered("marked-8", "Order");
    }

    @Test
    void aLambdaIsProxiedByItsInterface() {
        RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
                .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
                .withUserConfiguration(LambdaBean.class)
                .withPropertyValues("lattestream.mode=none")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Marked.class).place(8);
                });

        assertThat(latteStream).hasTriggered("marked-8", "Order");
    }

    record Order(long id) {}

    interface Placing {

        Order place(long id);
    }

    interface Other {

        void other();
    }

    interface Marked {

        @Broadcast(channel = "marked-{id}")
        Order place(long id);
    }

    static final class FinalOrders {

        @Broadcast(channel = "placed-{id}")
        Order place(long id) {
            return new Order(id);
        }
    }

    static class FinalMethodOrders {

        @Broadcast(channel = "placed-{id}")
        final Order place(long id) {
            return new Order(id);
        }
    }

    static final class FinalPlacing implements Placing {

        @Override
        @Broadcast(channel = "placed-{id}")
        public Order place(long id) {
            return new Order(id);
        }
    }

    static class HiddenPlacing implements Other {

        @Broadcast(channel = "placed-{id}")
        public Order place(long id) {
            return new Order(id);
        }

        @Override
        public void other() {}
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class FinalClass {

        @Bean
        FinalOrders orders() {
            return new FinalOrders();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class LazyFinalClass {

        @Bean
        @Lazy
        FinalOrders orders() {
            return new FinalOrders();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class FinalWithInterface {

        @Bean
        Placing finalPlacing() {
            return new FinalPlacing();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class Hidden {

        @Bean
        Other hidden() {
            return new HiddenPlacing();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class FinalMethod {

        @Bean
        FinalMethodOrders orders() {
            return new FinalMethodOrders();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LambdaBean {

        @Bean
        Marked marked() {
            return Order::new;
        }
    }
}
