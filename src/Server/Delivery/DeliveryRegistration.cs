namespace GridFlow.Server.Delivery;

public static class DeliveryRegistration
{
    /// <summary>Who brings which messages, and the loop that begins workflows by the clock.</summary>
    public static void AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<OutsideOptions>().BindConfiguration(OutsideOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(HttpRequestSender.Client)
            .ConfigureHttpClient(client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = HttpRequestSender.MaxAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<BookmarkAnswers>();
        services.AddSingleton<TaskCommands>();
        services.AddSingleton<IMessageSender, NoticeSender>();
        services.AddSingleton<IMessageSender, EmailSender>();
        services.AddSingleton<IMessageSender, HttpRequestSender>();
        services.AddSingleton<IMessageSender, TaskSender>();
        services.AddSingleton<IMessageSender, EventSender>();
        services.AddSingleton<IMessageSender, StartWorkflowSender>();
        services.AddSingleton<IMessageSender, AnswerSender>();
        services.AddSingleton<IMessageSender, ResponseSender>();
        services.AddHostedService<TriggerLoop>();
    }
}
