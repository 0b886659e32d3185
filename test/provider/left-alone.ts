/** The order by which the program leaves a group itself, its link or its invitations alone. */
export const leftAlone = <Order extends object>(over: Partial<Order> = {}): Order =>
  ({
    kind: "leave alone",
    root: "/project",
    preview: false,
    run: undefined,
    plan: undefined,
    ...over,
  }) as unknown as Order;
