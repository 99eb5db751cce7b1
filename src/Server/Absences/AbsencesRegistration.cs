namespace GridFlow.Server.Absences;

public static class AbsencesRegistration
{
    public static void AddAbsences(this IServiceCollection services) => services.AddSingleton<AbsenceStore>();
}
