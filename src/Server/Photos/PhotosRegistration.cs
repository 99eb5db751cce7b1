namespace GridFlow.Server.Photos;

public static class PhotosRegistration
{
    public static void AddPhotos(this IServiceCollection services)
    {
        services.AddOptions<PhotoOptions>().BindConfiguration(PhotoOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PhotoFiles>();
        services.AddSingleton<PhotoFeed>();
        services.AddSingleton<PhotoStore>();
    }
}
