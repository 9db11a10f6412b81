-- The question: how many rows does the planner have to reckon with? Temporary tables are never analysed by themselves.
analyze staged_district, staged_grid, staged_equipment, staged_source, staged_transformer, staged_area, staged_lv_equipment,
  staged_service_point, staged_crew, staged_road_node, staged_road_edge, staged_planned_outage, staged_incident_history, staged_water
