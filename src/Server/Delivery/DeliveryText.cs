namespace GridFlow.Server.Delivery;

public sealed class DeliveryText;
