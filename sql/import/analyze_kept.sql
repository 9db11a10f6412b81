-- The question: how do the planner's numbers stand after a load?
analyze district, grid, equipment, source, transformer, area, lv_equipment, service_point, crew, road_node, road_edge,
  planned_outage, incident_history
